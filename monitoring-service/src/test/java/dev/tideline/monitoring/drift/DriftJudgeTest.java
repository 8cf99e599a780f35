package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftJudgeTest {

    private static final WholeChecks NOTHING = new WholeChecks(Map.of(), List.of());

    private final DriftJudge judge = new DriftJudge(DriftProperties.defaults());
    private final Samples samples = new Samples(7);
    private final TreeMap<String, Profile> window = new TreeMap<>();

    @Test
    void aWindowLikeTheTrainingDataIsStable() {
        normal("a", 1_000, 0);
        WindowVerdict verdict = judged(1_000);
        assertThat(verdict.status()).isEqualTo(Status.STABLE);
        assertThat(verdict.reason()).isEqualTo("all 1 features as in training");
    }

    @Test
    void tooFewRowsAreSaidToBeTooFew() {
        normal("a", 199, 3);
        WindowVerdict verdict = judged(199);
        assertThat(verdict.status()).isEqualTo(Status.INSUFFICIENT_DATA);
        assertThat(verdict.reason()).isEqualTo("199 rows (expected: at least 200 for a verdict)");
        assertThat(verdict.features()).allMatch(FeatureVerdict.Insufficient.class::isInstance);
    }

    @Test
    void fewRowsWarnAtMost() {
        normal("a", 300, 2);
        assertThat(judged(300).status()).isEqualTo(Status.WARNING);
    }

    @Test
    void oneDriftingInputOfFourIsOnlyAWarning() {
        normal("a", 1_000, 1);
        normal("b", 1_000, 0);
        normal("c", 1_000, 0);
        normal("d", 1_000, 0);
        WindowVerdict verdict = judged(1_000);
        assertThat(verdict.status()).isEqualTo(Status.WARNING);
        assertThat(verdict.features().getFirst()).isInstanceOfSatisfying(FeatureVerdict.Drift.class,
                drift -> assertThat(drift.major()).isTrue());
    }

    @Test
    void aThirdOfTheInputsIsDrift() {
        normal("a", 1_000, 1);
        normal("b", 1_000, 0);
        normal("c", 1_000, 0);
        WindowVerdict verdict = judged(1_000);
        assertThat(verdict.status()).isEqualTo(Status.DRIFT);
        assertThat(verdict.reason()).startsWith("1 of the features drifted, a most (PSI ");
    }

    @Test
    void aDriftingOutputIsDriftByItself() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            normal(name, 1_000, 0);
        }
        normal("output/probability", 1_000, 1);
        WindowVerdict verdict = judged(1_000);
        assertThat(verdict.status()).isEqualTo(Status.DRIFT);
        assertThat(verdict.features().getLast().name()).isEqualTo("output/probability");
    }

    @Test
    void manyMissingValuesAreAFaultAndNoDrift() {
        Profile profile = normal("a", 800, 0);
        for (int i = 0; i < 200; i++) {
            profile.add(null);
        }
        FeatureVerdict verdict = judged(1_000).features().getFirst();
        assertThat(verdict).isInstanceOf(FeatureVerdict.Faulty.class);
        assertThat(verdict.figures().missing()).isEqualTo(0.2);
        assertThat(judged(1_000).fault())
                .isEqualTo("a: missing in 20.0 % of the rows (expected: 0.0 %, as in training)");
    }

    @Test
    void manyValuesThatAreNoNumbersAreAFault() {
        Profile profile = normal("a", 800, 0);
        for (int i = 0; i < 200; i++) {
            profile.add(Feature.floats(Float.NaN));
        }
        assertThat(judged(1_000).features().getFirst()).isInstanceOf(FeatureVerdict.Faulty.class);
    }

    @Test
    void valuesOfAnotherTypeAreAFault() {
        Profile profile = normal("a", 500, 0);
        for (int i = 0; i < 500; i++) {
            profile.add(Feature.text("1.5"));
        }
        assertThat(judged(1_000).features().getFirst()).isInstanceOf(FeatureVerdict.Faulty.class);
    }

    @Test
    void aFaultHidesDriftElsewhere() {
        normal("a", 1_000, 2);
        Profile broken = normal("b", 500, 0);
        for (int i = 0; i < 500; i++) {
            broken.add(null);
        }
        WindowVerdict verdict = judged(1_000);
        assertThat(verdict.status()).isEqualTo(Status.WARNING);
        assertThat(verdict.reason()).startsWith("data-quality fault: b: missing");
        assertThat(verdict.features().getFirst()).isInstanceOf(FeatureVerdict.Drift.class);
    }

    @Test
    void newCategoriesAreAChangeOfTheDistribution() {
        Profile profile = Profile.on(new Baseline.Categorical(List.of("a", "b"), new long[] {5_000, 5_000}, 0, 0));
        for (int i = 0; i < 1_000; i++) {
            profile.add(Feature.text(i % 5 == 0 ? "new" : i % 2 == 0 ? "a" : "b"));
        }
        window.put("kind", profile);
        assertThat(judged(1_000).status()).isEqualTo(Status.DRIFT);
    }

    @Test
    void everyVerdictCarriesItsFigures() {
        normal("a", 1_000, 1);
        assertThat(judged(1_000).features().getFirst().figures().asMap())
                .containsOnlyKeys("psi", "js", "hellinger", "ks", "wasserstein", "shift", "p", "adjustedP", "rows", "missing", "baselineMissing", "outside", "unusable", "largestChange")
                .allSatisfy((name, figure) -> assertThat(figure).as(name).isFinite());
    }

    @Test
    void aModelWithoutFeaturesIsStable() {
        assertThat(judged(1_000).status()).isEqualTo(Status.STABLE);
    }

    @Test
    void inTheFirstWindowOfAVersionDriftIsASkew() {
        normal("a", 1_000, 2);
        WindowVerdict verdict = judge.judge(1_000, window, NOTHING, new Background(true, Map.of(), List.of(), null));
        assertThat(verdict.status()).isEqualTo(Status.WARNING);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.reason()).startsWith("skew between training and serving since the first prediction: 1 of the features moved, a");
    }

    @Test
    void anInputOfNoImportanceDriftsAlone() {
        normal("a", 1_000, 1);
        normal("b", 1_000, 0);
        assertThat(judge.judge(1_000, window, NOTHING, important(Map.of("b", 1.0))).status()).isEqualTo(Status.WARNING);
    }

    @Test
    void oneOfTheWeightiestInputsThatMovedFarIsDriftByItself() {
        normal("a", 1_000, 1);
        for (String name : List.of("b", "c", "d", "e", "f")) {
            normal(name, 1_000, 0);
        }
        Map<String, Double> weights = Map.of("a", 0.2, "b", 0.3, "c", 0.3, "d", 0.1, "e", 0.1);
        assertThat(judge.judge(1_000, window, NOTHING, important(weights)).status()).isEqualTo(Status.DRIFT);
        assertThat(judged(1_000).status()).isEqualTo(Status.WARNING);
    }

    @Test
    void whatTrainingFoundImportantCountsUnlessTheConfigurationSaysOtherwise() {
        DriftProperties limits = DriftProperties.defaults();
        DriftJudge told = new DriftJudge(new DriftProperties(limits.falseDiscoveryRate(), limits.warn(), limits.alert(), limits.major(), limits.minRows(),
                limits.alertRows(), limits.share(), limits.warmUpWindows(), Map.of("told", Map.of("b", 1.0))));
        assertThat(told.background("other", 2, Map.of("a", 1.0), List.of(), null).weight("a")).isEqualTo(1);
        assertThat(told.background("told", 2, Map.of("a", 1.0), List.of(), null).weight("a")).isZero();
        assertThat(told.background("other", 2, Map.of(), List.of(), null).weight("a")).as("nothing is known").isEqualTo(1);
    }

    @Test
    void changedDependenciesAreDriftThoughNoFeatureMoved() {
        normal("a", 1_000, 0);
        WholeChecks joint = new WholeChecks(Map.of("jointChange", 0.8), List.of(new Finding(Finding.Kind.JOINT, true, "x ~ y changed")));
        WindowVerdict verdict = judge.judge(1_000, window, joint, Background.none());
        assertThat(verdict.status()).isEqualTo(Status.DRIFT);
        assertThat(verdict.reason()).isEqualTo("x ~ y changed");
        assertThat(verdict.figures()).containsEntry("jointChange", 0.8);
    }

    @Test
    void predictionsOnAnotherSchemaAreAFault() {
        normal("a", 1_000, 2);
        WholeChecks foreign = new WholeChecks(Map.of(), List.of(new Finding(Finding.Kind.SCHEMA, true, "another schema")));
        WindowVerdict verdict = judge.judge(1_000, window, foreign, Background.none());
        assertThat(verdict.status()).isEqualTo(Status.WARNING);
        assertThat(verdict.fault()).isEqualTo("another schema");
    }

    private WindowVerdict judged(long rows) {
        return judge.judge(rows, window, NOTHING, Background.none());
    }

    private static Background important(Map<String, Double> weights) {
        return new Background(false, weights, List.of(), null);
    }

    private Profile normal(String name, int rows, double mean) {
        Profile profile = samples.normal(samples.normalBaseline(Samples.BASELINE_ROWS), rows, mean, 1);
        window.put(name, profile);
        return profile;
    }
}
