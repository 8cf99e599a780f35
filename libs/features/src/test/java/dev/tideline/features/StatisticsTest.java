package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StatisticsTest {

    private static final List<FeatureSpec> FEATURES = List.of(FeatureSpec.scalar("x", Kind.FLOAT),
            FeatureSpec.scalar("n", Kind.INT), FeatureSpec.scalar("t", Kind.TEXT));

    @Test
    void summarisesNumbers() {
        NumericStatistics x = numeric(build(0, 10_000), "x");

        assertThat(x.count()).isEqualTo(10_000);
        assertThat(x.mean()).isCloseTo(5, within(0.05));
        assertThat(x.deviation()).isCloseTo(2, within(0.05));
        assertThat(x.quantile(0.5)).isCloseTo(5, within(0.1));
        assertThat(x.shareBelow(7)).isCloseTo(0.841, within(0.02));
    }

    @Test
    void leavesNonFiniteNumbersOutOfTheFigures() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (float value : new float[] {1, Float.NaN, 3, Float.POSITIVE_INFINITY}) {
            builder.add(Example.of(Map.of("x", Feature.floats(value))));
        }
        NumericStatistics x = numeric(builder.build(), "x");

        assertThat(x).extracting(NumericStatistics::nonFinite, NumericStatistics::finite, NumericStatistics::mean, NumericStatistics::max)
                .containsExactly(2L, 2L, 2.0, 3.0);
    }

    @Test
    void countsMissingFeatures() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        builder.add(Example.of(Map.of("x", Feature.floats(1))));
        builder.add(Example.of(Map.of("x", Feature.floats(), "t", Feature.text("a"))));

        assertThat(builder.build().features()).satisfies(features -> {
            assertThat(features.get("x").missing()).isEqualTo(1);
            assertThat(features.get("t").missing()).isEqualTo(1);
            assertThat(features.get("n").missing()).isEqualTo(2);
        });
    }

    @Test
    void countsValuesExactlyWhileTheyAreFew() {
        FeatureStatistics t = build(0, 1_000).features().get("t");

        assertThat(t.distinct()).isEqualTo(3);
        assertThat(t.top(1)).containsExactly(new ValueCount("blue", 334));
    }

    @Test
    void estimatesDistinctValuesWhenTheyAreMany() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int i = 0; i < 50_000; i++) {
            builder.add(Example.of(Map.of("n", Feature.longs(i))));
        }

        assertThat((double) builder.build().features().get("n").distinct()).isCloseTo(50_000, within(2_500.0));
    }

    @Test
    void mergesToWhatOnePassGives() {
        DatasetStatistics whole = build(0, 3_000);
        DatasetStatistics merged = build(0, 1_000).merge(build(1_000, 1_500)).merge(build(1_500, 3_000));

        assertThat(merged.records()).isEqualTo(3_000);
        assertThat(numeric(merged, "x").mean()).isCloseTo(numeric(whole, "x").mean(), within(1e-9));
        assertThat(numeric(merged, "x").deviation()).isCloseTo(numeric(whole, "x").deviation(), within(1e-9));
        assertThat(merged.features().get("t").top(3)).isEqualTo(whole.features().get("t").top(3));
        assertThat(numeric(merged, "n").max()).isEqualTo(numeric(whole, "n").max());
    }

    @Test
    void refusesToMergeNumbersWithText() {
        DatasetStatistics statistics = build(0, 10);

        assertThatThrownBy(() -> statistics.features().get("x").merge(statistics.features().get("t")))
                .hasMessage("statistics: of text (expected: of numbers)");
    }

    @Test
    void survivesItsJsonForm() {
        DatasetStatistics statistics = build(0, 2_000);
        DatasetStatistics read = StatisticsCodec.read(Fixtures.JSON.readTree(StatisticsCodec.write(statistics).toString()));

        assertThat(figures(read)).isEqualTo(figures(statistics));
        assertThat(numeric(read.merge(read), "x").mean()).isCloseTo(numeric(statistics, "x").mean(), within(1e-12));
    }

    @Test
    void survivesItsJsonFormWhenEmpty() {
        DatasetStatistics empty = new StatisticsBuilder(FEATURES).build();
        DatasetStatistics read = StatisticsCodec.read(Fixtures.JSON.readTree(StatisticsCodec.write(empty).toString()));

        assertThat(read.merge(build(0, 5)).features().get("x").count()).isEqualTo(5);
    }

    @Test
    void saysWhatAStatisticsFileLacks() {
        assertThatThrownBy(() -> StatisticsCodec.read(Fixtures.json("{'records':1}")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("features");
    }

    @Test
    void freezesNumbersIntoQuantileBins() {
        Baseline.Numeric baseline = (Baseline.Numeric) Baselines.from(build(0, 10_000).features().get("x"));

        assertThat(baseline.edges()).hasSize(9).isSorted();
        assertThat(baseline.total()).isEqualTo(10_000);
        assertThat(java.util.Arrays.stream(baseline.counts()).boxed()).allMatch(count -> count > 850 && count < 1_150);
    }

    @Test
    void putsAValueOnAnEdgeIntoTheUpperBin() {
        Baseline.Numeric baseline = new Baseline.Numeric(new double[] {1, 2}, new long[3], 0, 0, 3, 0, 0);

        assertThat(List.of(baseline.bin(0.9), baseline.bin(1), baseline.bin(2), baseline.bin(9))).containsExactly(0, 1, 2, 2);
    }

    @Test
    void comparesAnIntegerOfFewValuesValueByValue() {
        assertThat(Baselines.from(build(0, 100).features().get("n"))).isInstanceOfSatisfying(Baseline.Categorical.class,
                baseline -> assertThat(baseline.values()).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6"));
    }

    @Test
    void givesAConstantOneBin() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int i = 0; i < 100; i++) {
            builder.add(Example.of(Map.of("x", Feature.floats(4))));
        }

        assertThat(Baselines.from(builder.build().features().get("x")).counts()).containsExactly(100);
    }

    @Test
    void keepsBaselinesThroughTheirJsonForm() {
        var baselines = Baselines.from(build(0, 500), FEATURES);
        var read = BaselineCodec.read(Fixtures.JSON.readTree(BaselineCodec.write(baselines).toString()));

        assertThat(BaselineCodec.write(read)).isEqualTo(BaselineCodec.write(baselines));
        assertThat(read.keySet()).containsExactly("n", "t", "x");
    }

    /** Without the sketches' bytes, whose order of entries is free. */
    private static String figures(DatasetStatistics statistics) {
        var json = StatisticsCodec.write(statistics);
        json.path("features").forEach(feature -> ((ObjectNode) feature).remove(List.of("kll", "items", "hll")));
        return json.toPrettyString();
    }

    private static NumericStatistics numeric(DatasetStatistics statistics, String feature) {
        return (NumericStatistics) statistics.features().get(feature);
    }

    /** Records {@code from} to below {@code to} of one fixed sequence. */
    private static DatasetStatistics build(int from, int to) {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int i = from; i < to; i++) {
            TreeMap<String, Feature> features = new TreeMap<>();
            features.put("x", Feature.floats((float) (5 + 2 * new Random(i * 7919L).nextGaussian())));
            features.put("n", Feature.longs(i % 7));
            features.put("t", Feature.text(List.of("blue", "green", "red").get(i % 3)));
            builder.add(Example.of(features));
        }
        return builder.build();
    }
}
