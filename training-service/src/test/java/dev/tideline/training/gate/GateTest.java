package dev.tideline.training.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.evaluation.Evaluation.SliceFigures;
import dev.tideline.training.model.GateRule;
import dev.tideline.training.model.GateRule.Limit;
import dev.tideline.training.model.GateRule.UnusableChampion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final GateRule ACCURACY = new GateRule("accuracy", 0);

    @Test
    void theFirstModelPasses() {
        var verdict = Gate.decide(ACCURACY, accuracy(0.6), new Rival.None());

        assertThat(verdict).isInstanceOf(Verdict.Promote.class);
        assertThat(verdict.summary()).contains("accuracy: 0.6").contains("there is no champion");
    }

    @ParameterizedTest
    @CsvSource({"0.01,0,true", "0,0,false", "-0.01,0,false", "0.02,0.01,true", "0.01,0.01,false", "-0.01,-0.02,true", "-0.02,-0.02,false"})
    void theLowerEndOfTheIntervalDecides(double lower, double minimum, boolean promoted) {
        var verdict = Gate.decide(new GateRule("accuracy", minimum), accuracy(0.9), judged(0.8, lower, 0.3));

        assertThat(verdict instanceof Verdict.Promote).isEqualTo(promoted);
    }

    @Test
    void aBetterFigureThatMayBeNoiseIsRejectedWithItsInterval() {
        var verdict = Gate.decide(ACCURACY, accuracy(0.9), judged(0.8, -0.05, 0.25));

        assertThat(verdict.reasons()).containsExactly("accuracy: 0.900000 against the champion's 0.800000, better by 0.100000, "
            + "95 % interval -0.0500000 to 0.250000 on 100 examples in blocks of 7 (expected: surely better by more than 0)");
    }

    @Test
    void absoluteLimitsHoldForTheFirstModelToo() {
        var verdict = Gate.decide(rule(Limit.worst("accuracy", 0.7)), accuracy(0.6), new Rival.None());

        assertThat(verdict.reasons()).containsExactly("accuracy: 0.600000 (expected: at least 0.700000)");
    }

    @Test
    void allReasonsAgainstAreListed() {
        var rule = rule(Limit.worst("accuracy", 0.95), Limit.worst("logLoss", 0.3), new Limit("auc", null, null, 0.01, 0.05));
        var candidate = Evaluation.of(10, Map.of("accuracy", 0.9, "logLoss", 0.4, "auc", 0.7));
        var champion = new Rival.Judged(Evaluation.of(10, Map.of("accuracy", 0.8, "auc", 0.8)), measured(0.8, -0.1, 0.3));

        var verdict = Gate.decide(rule, candidate, champion);

        assertThat(verdict.reasons()).satisfiesExactly(
            line -> assertThat(line).isEqualTo("evaluation examples: 10 (expected: at least 50)"),
            line -> assertThat(line).isEqualTo("accuracy: 0.900000 (expected: at least 0.950000)"),
            line -> assertThat(line).isEqualTo("logLoss: 0.400000 (expected: at most 0.300000)"),
            line -> assertThat(line).contains("surely better"),
            line -> assertThat(line).isEqualTo("auc: 0.700000 against the champion's 0.800000 (expected: worse by at most 0.0100000)"),
            line -> assertThat(line).isEqualTo("auc: 0.700000 against the champion's 0.800000 (expected: worse by at most 0.0400000)"));
    }

    @ParameterizedTest
    @CsvSource({"10,0.2,true", "12,0.2,true", "12.1,0.2,false", "9,0.2,true"})
    void aShareIsMeasuredFromTheChampionsValue(double candidate, double share, boolean passed) {
        var rule = new GateRule("rmse", -100, 0.95, 1, UnusableChampion.REFUSE, List.of(), 1,
            List.of(new Limit("rmse", null, null, null, share)));

        var verdict = Gate.decide(rule, Evaluation.of(100, Map.of("rmse", candidate)),
            new Rival.Judged(Evaluation.of(100, Map.of("rmse", 10.0)), measured(10, -5, 5)));

        assertThat(verdict instanceof Verdict.Promote).isEqualTo(passed);
    }

    @Test
    void aLimitOnSlicesNamesEachSliceThatFails() {
        var rule = rule(new Limit("accuracy", "station", 0.7, null, null), new Limit("accuracy", "*", null, 0.05, null));
        var candidate = sliced(0.9, Map.of("station=A", 0.6, "station=B", 0.8, "hour=[0.0,12.0)", 0.5));
        var champion = sliced(0.8, Map.of("station=A", 0.6, "station=B", 0.9, "hour=[0.0,12.0)", 0.5));

        var verdict = Gate.decide(rule, candidate, new Rival.Judged(champion, measured(0.8, 0.05, 0.2)));

        assertThat(verdict.reasons()).containsExactlyInAnyOrder(
            "accuracy of station=A: 0.600000 (expected: at least 0.700000)",
            "accuracy of station=B: 0.800000 against the champion's 0.900000 (expected: worse by at most 0.0500000)");
    }

    @Test
    void aSliceThatCannotGiveAMetricDoesNotSpeakAgainstTheModel() {
        var rule = rule(new Limit("auc", "*", 0.7, 0.1, null));

        var verdict = Gate.decide(rule, sliced(0.9, Map.of("station=A", 0.9)), new Rival.Judged(sliced(0.8, Map.of("station=A", 0.9)),
            measured(0.8, 0.05, 0.2)));

        assertThat(verdict).isInstanceOf(Verdict.Promote.class);
    }

    @Test
    void nothingIsPromotedWithoutData() {
        var none = new Evaluation(0, new TreeMap<>(), new TreeMap<>(Map.of("accuracy", "examples: 0 (expected: at least 1)")), null,
            List.of(), List.of());

        var verdict = Gate.decide(ACCURACY, none, new Rival.None());

        assertThat(verdict.reasons()).containsExactly("evaluation examples: 0 (expected: at least 50)",
            "accuracy: undefined, examples: 0 (expected: at least 1)");
        assertThat(verdict).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void fewExamplesAreNotEnoughForAFirstVersionEither() {
        assertThat(Gate.decide(ACCURACY, Evaluation.of(49, Map.of("accuracy", 1.0)), new Rival.None())).isInstanceOf(Verdict.Reject.class);
        assertThat(Gate.decide(ACCURACY, Evaluation.of(50, Map.of("accuracy", 1.0)), new Rival.None())).isInstanceOf(Verdict.Promote.class);
    }

    @Test
    void aMetricThatTheDataCannotGiveIsAReasonAgainst() {
        var verdict = Gate.decide(new GateRule("auc", 0), accuracy(0.9), new Rival.None());

        assertThat(verdict.reasons()).containsExactly("auc: undefined, not measured");
    }

    @Test
    void aChampionThatCannotBeJudgedIsNotReplacedUnlessTheRuleSaysSo() {
        var rival = new Rival.Unusable("version 3: [saved_model.pb] are missing");
        var replace = new GateRule("accuracy", 0, 0.95, 50, UnusableChampion.REPLACE, List.of(), 50, List.of());

        assertThat(Gate.decide(ACCURACY, accuracy(0.9), rival).reasons()).singleElement().asString()
            .startsWith("champion: version 3: [saved_model.pb] are missing (expected: a champion that can be judged");
        assertThat(Gate.decide(replace, accuracy(0.9), rival)).isInstanceOf(Verdict.Promote.class);
    }

    @Test
    void aChampionWhoseAnswersAreNoNumbersCannotBeJudged() {
        var broken = new Evaluation(100, new TreeMap<>(), new TreeMap<>(Map.of("accuracy", "answers: 5 of 100 are not finite")), null,
            List.of(), List.of());

        var verdict = Gate.decide(ACCURACY, accuracy(0.9), new Rival.Judged(broken, new Comparison.Unmeasurable("…")));

        assertThat(verdict.reasons()).singleElement().asString().startsWith("champion: accuracy undefined, answers: 5 of 100");
    }

    @Test
    void aChampionOfAnotherQuestionIsReplacedWhenTheLimitsHold() {
        var rival = new Rival.Incomparable("the champion answers regression of y");

        assertThat(Gate.decide(ACCURACY, accuracy(0.9), rival).summary()).contains("the champion answers regression of y");
        assertThat(Gate.decide(rule(Limit.worst("accuracy", 0.95)), accuracy(0.9), rival)).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void aPromotionListsEveryRuleItPassed() {
        var verdict = Gate.decide(rule(Limit.worst("accuracy", 0.7)), accuracy(0.9), judged(0.8, 0.05, 0.15));

        assertThat(verdict.findings()).hasSize(3).allMatch(Finding::passed);
        assertThat(verdict.reasons()).hasSize(3);
    }

    private static GateRule rule(Limit... limits) {
        return new GateRule("accuracy", 0, 0.95, 50, UnusableChampion.REFUSE, List.of(), 50, List.of(limits));
    }

    private static Rival judged(double champion, double lower, double upper) {
        return new Rival.Judged(accuracy(champion), measured(champion, lower, upper));
    }

    private static Comparison.Measured measured(double champion, double lower, double upper) {
        return new Comparison.Measured(0.9, champion, 0.1, lower, upper, 0.95, 7, 100);
    }

    private static Evaluation accuracy(double value) {
        return Evaluation.of(100, Map.of("accuracy", value));
    }

    private static Evaluation sliced(double value, Map<String, Double> slices) {
        return new Evaluation(100, new TreeMap<>(Map.of("accuracy", value)), new TreeMap<>(), null, List.of(),
            slices.entrySet().stream().map(slice -> new SliceFigures(slice.getKey().substring(0, slice.getKey().indexOf('=')),
                slice.getKey(), 60, new TreeMap<>(Map.of("accuracy", slice.getValue())), new TreeMap<>(Map.of("auc", "one class")))).toList());
    }
}
