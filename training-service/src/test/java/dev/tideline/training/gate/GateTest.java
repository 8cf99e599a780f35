package dev.tideline.training.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.model.GateRule;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final GateRule ACCURACY = new GateRule("accuracy", 0);

    @Test
    void theFirstModelPasses() {
        var verdict = Gate.decide(ACCURACY, accuracy(0.6), null);

        assertThat(verdict).isInstanceOf(Verdict.Promote.class);
        assertThat(verdict.summary()).contains("accuracy: 0.600000").contains("no champion");
    }

    @ParameterizedTest
    @CsvSource({"0.81,0.80,0,true", "0.80,0.80,0,false", "0.79,0.80,0,false",
        "0.82,0.80,0.01,true", "0.805,0.80,0.01,false", "0.8125,0.75,0.0625,true"})
    void aBetterModelReplacesTheChampionAndATieDoesNot(double candidate, double champion, double minimum, boolean promoted) {
        var verdict = Gate.decide(new GateRule("accuracy", minimum), accuracy(candidate), accuracy(champion));

        assertThat(verdict instanceof Verdict.Promote).isEqualTo(promoted);
    }

    @ParameterizedTest
    @CsvSource({"0.4,0.5,true", "0.5,0.4,false"})
    void forALossSmallerIsBetter(double candidate, double champion, boolean promoted) {
        var verdict = Gate.decide(new GateRule("logLoss", 0), evaluation("logLoss", candidate), evaluation("logLoss", champion));

        assertThat(verdict instanceof Verdict.Promote).isEqualTo(promoted);
    }

    @Test
    void thresholdsHoldForTheFirstModelToo() {
        var rule = new GateRule("accuracy", 0, new TreeMap<>(Map.of("accuracy", 0.7)));

        var verdict = Gate.decide(rule, accuracy(0.6), null);

        assertThat(verdict).isEqualTo(new Verdict.Reject(java.util.List.of("accuracy: 0.600000 (expected: at least 0.700000)")));
    }

    @Test
    void allReasonsAgainstAreListed() {
        var rule = new GateRule("accuracy", 0.1, new TreeMap<>(Map.of("accuracy", 0.9, "logLoss", 0.3)));
        var candidate = Evaluation.of(10, Map.of("accuracy", 0.85, "logLoss", 0.4));

        var verdict = Gate.decide(rule, candidate, accuracy(0.8));

        assertThat(verdict.reasons()).containsExactly(
            "accuracy: 0.850000 (expected: at least 0.900000)",
            "logLoss: 0.400000 (expected: at most 0.300000)",
            "accuracy: 0.850000 against the champion's 0.800000 (expected: better by at least 0.100000)");
    }

    @Test
    void nothingIsPromotedWithoutData() {
        var verdict = Gate.decide(ACCURACY, Evaluation.of(0, Map.of()), null);

        assertThat(verdict.reasons()).containsExactly("evaluation examples: 0 (expected: at least 1)");
        assertThat(verdict).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aMetricThatTheDataCannotGiveIsAReasonAgainst() {
        var verdict = Gate.decide(new GateRule("auc", 0), accuracy(0.9), null);

        assertThat(verdict.reasons()).containsExactly("auc: absent (expected: a finite number)");
    }

    @Test
    void aMetricThatIsNoNumberIsAReasonAgainst() {
        assertThat(Gate.decide(ACCURACY, accuracy(Double.NaN), accuracy(0.1))).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aChampionWithoutTheMetricIsReplaced() {
        var verdict = Gate.decide(ACCURACY, accuracy(0.6), Evaluation.of(10, Map.of()));

        assertThat(verdict).isInstanceOf(Verdict.Promote.class);
        assertThat(verdict.summary()).contains("the champion has none");
    }

    private static Evaluation accuracy(double value) {
        return evaluation("accuracy", value);
    }

    private static Evaluation evaluation(String metric, double value) {
        return Evaluation.of(10, Map.of(metric, value));
    }
}
