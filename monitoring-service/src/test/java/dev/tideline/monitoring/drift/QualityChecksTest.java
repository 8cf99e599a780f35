package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityChecksTest {

    private final QualityChecks checks = new QualityChecks(20, "training");
    private final Samples samples = new Samples(17);

    @Test
    void findsNothingInAWindowLikeTheTrainingData() {
        Baseline.Numeric baseline = samples.normalBaseline(5_000);
        long found = IntStream.range(0, 500).filter(i -> !checks.check(samples.normal(baseline, 500, 0, 1)).isEmpty()).count();
        assertThat(found).isZero();
    }

    @Test
    void missingValuesWarnFromTwoPointsOn() {
        assertThat(checks.check(withMissing(1_000, 30))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING);
            assertThat(finding.alert()).isFalse();
        });
    }

    @Test
    void missingValuesAlertFromFivePointsOn() {
        assertThat(checks.check(withMissing(1_000, 60))).singleElement().satisfies(finding -> {
            assertThat(finding.alert()).isTrue();
            assertThat(finding.text()).isEqualTo("missing in 6.0 % of the rows (expected: 0.0 %, as in training)");
        });
    }

    @Test
    void missingValuesAsInTrainingAreNoFinding() {
        Profile profile = Profile.on(new Baseline.Numeric(new double[] {0}, new long[] {4_000, 4_000}, 2_000, -1, 1, 0, 1));
        IntStream.range(0, 800).forEach(i -> profile.add(Feature.floats(i % 2 - 0.5f)));
        IntStream.range(0, 200).forEach(i -> profile.add(null));
        assertThat(checks.check(profile)).isEmpty();
    }

    @Test
    void fewerMissingValuesThanInTrainingAreNoFinding() {
        Profile profile = Profile.on(new Baseline.Numeric(new double[] {0}, new long[] {4_000, 4_000}, 2_000, -1, 1, 0, 1));
        IntStream.range(0, 1_000).forEach(i -> profile.add(Feature.floats(i % 2 - 0.5f)));
        assertThat(checks.check(profile)).isEmpty();
    }

    @Test
    void oneValueOfAnotherTypeWarns() {
        Profile profile = samples.normal(samples.normalBaseline(5_000), 5_000, 0, 1);
        profile.add(Feature.text("n/a"));
        assertThat(checks.check(profile)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNUSABLE);
            assertThat(finding.alert()).isFalse();
        });
    }

    @Test
    void oneInAThousandOfAnotherTypeIsAFault() {
        Profile profile = samples.normal(samples.normalBaseline(5_000), 998, 0, 1);
        profile.add(Feature.text("n/a"));
        profile.add(Feature.text("n/a"));
        assertThat(checks.check(profile)).singleElement().satisfies(finding -> assertThat(finding.alert()).isTrue());
    }

    @Test
    void aFewValuesThatAreNotFiniteAreNoFault() {
        Profile profile = samples.normal(samples.normalBaseline(5_000), 1_000, 0, 1);
        IntStream.range(0, 10).forEach(i -> profile.add(Feature.floats(Float.NaN)));
        assertThat(checks.check(profile)).isEmpty();
    }

    @Test
    void aFloodOfValuesThatAreNotFiniteIsAFault() {
        Profile profile = samples.normal(samples.normalBaseline(5_000), 900, 0, 1);
        IntStream.range(0, 100).forEach(i -> profile.add(Feature.floats(Float.POSITIVE_INFINITY)));
        assertThat(checks.check(profile)).extracting(Finding::kind).containsExactly(Finding.Kind.UNUSABLE);
    }

    @Test
    void aChangeOfUnitInOneRowOfFiftyIsSeenThoughTheDistributionHidesIt() {
        NumericProfile profile = (NumericProfile) samples.normal(samples.normalBaseline(5_000), 980, 0, 1);
        IntStream.range(0, 20).forEach(i -> profile.add(1_000.0));
        assertThat(checks.check(profile)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.OUT_OF_RANGE);
            assertThat(finding.alert()).isTrue();
            assertThat(finding.text()).startsWith("outside the trained range in 2.0 % of the values (expected: -");
        });
    }

    @Test
    void aNewCategoryWarnsInAFewRowsAndAlertsFromOnePercentOn() {
        assertThat(checks.check(withUnseen(995, 5))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNSEEN);
            assertThat(finding.alert()).isFalse();
            assertThat(finding.text()).endsWith("such as [new]");
        });
        assertThat(checks.check(withUnseen(950, 50))).singleElement().satisfies(finding -> assertThat(finding.alert()).isTrue());
    }

    @Test
    void categoriesThatTrainingMergedAreNotNew() {
        Profile profile = Profile.on(new Baseline.Categorical(List.of("a"), new long[] {9_000}, 1_000, 0));
        IntStream.range(0, 900).forEach(i -> profile.add(Feature.text("a")));
        IntStream.range(0, 100).forEach(i -> profile.add(Feature.text("rare" + i)));
        assertThat(checks.check(profile)).isEmpty();
    }

    @Test
    void oneCategoryAmongTwoHundredIsSeen() {
        long[] counts = new long[200];
        Arrays.fill(counts, 50);
        Profile profile = Profile.on(new Baseline.Categorical(IntStream.range(0, 200).mapToObj(Integer::toString).toList(), counts, 0, 0));
        SplittableRandom random = new SplittableRandom(1);
        IntStream.range(0, 880).forEach(i -> profile.add(Feature.text(Integer.toString(random.nextInt(200)))));
        IntStream.range(0, 120).forEach(i -> profile.add(Feature.text("7")));
        assertThat(checks.check(profile)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.CATEGORY);
            assertThat(finding.alert()).isTrue();
            assertThat(finding.text()).startsWith("category 7: share changed by ");
        });
    }

    @Test
    void anEmptyProfileIsNoFinding() {
        assertThat(checks.check(Profile.on(samples.normalBaseline(1_000)))).isEmpty();
    }

    private Profile withMissing(int rows, int missing) {
        Profile profile = samples.normal(samples.normalBaseline(5_000), rows - missing, 0, 1);
        IntStream.range(0, missing).forEach(i -> profile.add(null));
        return profile;
    }

    private static Profile withUnseen(int known, int unseen) {
        Profile profile = Profile.on(new Baseline.Categorical(List.of("a", "b"), new long[] {2_500, 2_500}, 0, 0));
        IntStream.range(0, known).forEach(i -> profile.add(Feature.text(i % 2 == 0 ? "a" : "b")));
        IntStream.range(0, unseen).forEach(i -> profile.add(Feature.text("new")));
        return profile;
    }
}
