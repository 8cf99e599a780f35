package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values go into the sketches by the block; what comes out has to be what one at a time would give. */
class StatisticsColumnsTest {

    private static final List<FeatureSpec> FEATURES = List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("n", Kind.INT),
            FeatureSpec.scalar("t", Kind.TEXT), FeatureSpec.scalar("b", Kind.BYTES));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 4_095, 4_096, 4_097, 50_000, 200_000})
    void keepsMomentsMinimumAndMaximumExactly(int count) {
        double[] values = new Random(count).doubles(count, -5, 20).map(value -> (float) value).toArray();
        NumericStatistics x = numbers(values);
        double mean = Arrays.stream(values).average().orElse(0);

        assertThat(x.count()).isEqualTo(count);
        assertThat(x.mean()).isCloseTo(mean, within(1e-11));
        assertThat(x.deviation()).isCloseTo(Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0)), within(1e-10));
        assertThat(x.min()).isEqualTo(Arrays.stream(values).min().orElse(0));
        assertThat(x.max()).isEqualTo(Arrays.stream(values).max().orElse(0));
    }

    /** Sorted, falling and repeating input is what a block's own order could go wrong on. */
    @ParameterizedTest
    @CsvSource({"random,300000", "rising,300000", "falling,300000", "steps,300000", "random,1000000", "uniform,300000", "outlier,300000",
        "kelvin,300000", "heavy,300000", "coarse,300000"})
    void keepsRanksWithinTheSketchesError(String shape, int count) {
        Random random = new Random(7);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) switch (shape) {
                case "random" -> random.nextGaussian();
                case "rising" -> i;
                case "falling" -> -i;
                case "uniform" -> random.nextDouble();
                case "outlier" -> i % 4_000 == 0 ? -1e30 : random.nextGaussian();
                case "kelvin" -> i % 100 == 0 ? -9_999 : 290 + random.nextGaussian();
                case "heavy" -> Math.exp(10 * random.nextGaussian());
                case "coarse" -> Math.rint(30 * random.nextGaussian());
                default -> i % 10;
            };
        }
        NumericStatistics x = numbers(values);
        KllDoublesSketch oneByOne = KllDoublesSketch.newHeapInstance(NumericStatistics.K);
        Arrays.stream(values).forEach(oneByOne::update);
        double[] sorted = values.clone();
        Arrays.sort(sorted);

        for (double rank = 0.05; rank < 1; rank += 0.05) {
            double value = sorted[(int) (rank * count)];
            double below = Arrays.stream(sorted).filter(v -> v < value).count() / (double) count;
            assertThat(x.shareBelow(value)).isCloseTo(below, within(0.01));
            assertThat(x.shareBelow(value)).isCloseTo(oneByOne.getRank(value,
                    org.apache.datasketches.quantilescommon.QuantileSearchCriteria.EXCLUSIVE), within(0.015));
        }
        assertThat(x.finite()).isEqualTo(count);
    }

    @Test
    void mergesWithAndSurvivesJsonLikeAnyOther() {
        NumericStatistics a = numbers(new Random(1).doubles(100_000).map(v -> (float) v).toArray());
        NumericStatistics b = numbers(new Random(2).doubles(100_000, 1, 2).map(v -> (float) v).toArray());
        DatasetStatistics merged = new DatasetStatistics(200_000, new TreeMap<>(Map.of("x", a.merge(b))));
        NumericStatistics read = (NumericStatistics) StatisticsCodec.read(StatisticsCodec.write(merged)).features().get("x");

        assertThat(read.finite()).isEqualTo(200_000);
        assertThat(read.quantile(0.5)).isCloseTo(1, within(0.02));
        assertThat(read.quantile(0.25)).isCloseTo(0.5, within(0.02));
        assertThat(read.quantile(0.75)).isCloseTo(1.5, within(0.02));
    }

    /** 30 and 2,500 values fit into a round or not; the counts are exact either way while the sketch is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 2_500})
    void countsValuesExactlyOverManyRounds(int different) {
        Random random = new Random(different);
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        Map<String, Long> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            int value = random.nextInt(different);
            String text = "wért-" + "x".repeat(value % 40) + value;
            texts.merge(text, 1L, Long::sum);
            numbers.merge(Integer.toString(-value), 1L, Long::sum);
            builder.add(Example.of(Map.of("t", Feature.text(text), "n", Feature.longs(-value))));
        }
        DatasetStatistics statistics = builder.build();

        assertThat(counts(statistics, "t")).isEqualTo(texts);
        assertThat(counts(statistics, "n")).isEqualTo(numbers);
        assertThat(statistics.features().get("t").distinct()).isEqualTo(texts.size());
    }

    @Test
    void countsValuesThatAreTooLongForARound() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int i = 0; i < 10; i++) {
            builder.add(Example.of(Map.of("t", Feature.text("long".repeat(100)))));
        }

        assertThat(builder.build().features().get("t").top(1)).containsExactly(new ValueCount("long".repeat(100), 10));
    }

    @Test
    void summarisesRowsInPlaceAsItDoesExamples() {
        Random random = new Random(3);
        CanonicalRow row = new CanonicalRow(FEATURES.stream().map(FeatureSpec::name).toList());
        StatisticsBuilder inPlace = new StatisticsBuilder(FEATURES);
        StatisticsBuilder fromObjects = new StatisticsBuilder(FEATURES);
        for (int i = 0; i < 20_000; i++) {
            Map<String, Feature> features = new TreeMap<>();
            features.put("x", Feature.floats(random.nextInt(50) == 0 ? Float.NaN : random.nextInt(1000)));
            features.put("n", Feature.longs(random.nextLong(), random.nextInt(5)));
            features.put("t", Feature.text("a" + random.nextInt(9), "b"));
            features.put("b", new Feature.Bytes(new byte[][] {new byte[random.nextInt(300)]}));
            features.remove(List.of("x", "n", "t", "b", "none").get(random.nextInt(5)));
            Example example = Example.of(features);
            fromObjects.add(example);
            assertThat(row.read(example.encode())).isTrue();
            inPlace.add(row);
        }

        for (String name : List.of("x", "n", "t", "b")) {
            FeatureStatistics a = inPlace.build().features().get(name);
            FeatureStatistics b = fromObjects.build().features().get(name);
            assertThat(List.of(a.count(), a.missing(), a.distinct())).isEqualTo(List.of(b.count(), b.missing(), b.distinct()));
            assertThat(a.top(5)).isEqualTo(b.top(5));
            if (a instanceof NumericStatistics numeric && b instanceof NumericStatistics other) {
                assertThat(List.of(numeric.nonFinite(), numeric.zeros(), numeric.mean(), numeric.deviation()))
                        .isEqualTo(List.of(other.nonFinite(), other.zeros(), other.mean(), other.deviation()));
            }
        }
    }

    @Test
    void summarisesRowsOfOneLayoutAndThenOfAnotherAsItDoesExamples() {
        Random random = new Random(4);
        List<FeatureSpec> floats = Stream.of("x", "y", "z")
                .map(name -> new FeatureSpec(name, Kind.FLOAT, List.of(), true, null, null)).toList();
        CanonicalRow row = new CanonicalRow(List.of("x", "y", "z"));
        StatisticsBuilder inPlace = new StatisticsBuilder(floats);
        StatisticsBuilder fromObjects = new StatisticsBuilder(floats);
        for (int i = 0; i < 10_001; i++) {
            Example example = Example.of(Map.of(
                    "x", Feature.floats(random.nextInt(50) == 0 ? Float.POSITIVE_INFINITY : random.nextInt(70)),
                    "y", i < 10_000 ? Feature.floats(i) : Feature.floats(1, 2, 3), "z", Feature.floats(random.nextFloat())));
            fromObjects.add(example);
            assertThat(row.read(example.encode())).isTrue();
            inPlace.add(row);
        }

        for (String name : List.of("x", "y", "z")) {
            NumericStatistics a = (NumericStatistics) inPlace.build().features().get(name);
            NumericStatistics b = (NumericStatistics) fromObjects.build().features().get(name);
            assertThat(List.of(a.count(), a.nonFinite(), a.zeros(), a.mean(), a.deviation(), a.min(), a.max(), a.distinct()))
                    .isEqualTo(List.of(b.count(), b.nonFinite(), b.zeros(), b.mean(), b.deviation(), b.min(), b.max(), b.distinct()));
        }
    }

    @Test
    void tellsTextsApartThatDifferInOneByteWhateverTheirLength() {
        Map<String, Long> expected = new HashMap<>();
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int length = 0; length < 20; length++) {
            for (int at = 0; at <= length; at++) {
                String text = "a".repeat(length);
                text = at == length ? text : text.substring(0, at) + 'b' + text.substring(at + 1);
                for (int times = -1; times < at; times++) {
                    builder.add(Example.of(Map.of("t", Feature.text(text))));
                    expected.merge(text, 1L, Long::sum);
                }
            }
        }

        assertThat(counts(builder.build(), "t")).isEqualTo(expected);
    }

    private static NumericStatistics numbers(double[] values) {
        FloatColumn column = new FloatColumn(1, new Scratch());
        Arrays.stream(values).forEach(value -> column.add((float) value));
        return column.build();
    }

    private static Map<String, Long> counts(DatasetStatistics statistics, String feature) {
        Map<String, Long> counts = new HashMap<>();
        statistics.features().get(feature).top(Integer.MAX_VALUE).forEach(value -> counts.put(value.value(), value.count()));
        return counts;
    }
}
