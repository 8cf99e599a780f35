package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of statistics whatever the records are. Sequences come from seeds. */
class StatisticsPropertyTest {

    private static final List<FeatureSpec> FEATURES = List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("few", Kind.FLOAT),
            FeatureSpec.scalar("n", Kind.INT), FeatureSpec.scalar("t", Kind.TEXT), FeatureSpec.scalar("b", Kind.BYTES));
    /** Twice the rank error that a KLL sketch of k = 400 keeps at 99 % for one query, since a histogram bin is a difference of two. */
    private static final double RANK_ERROR = 0.0168;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mergesInAnyOrderAndGroupingToWhatOnePassGives(long seed) {
        Random random = new Random(seed);
        List<Example> records = records(random, 1 + random.nextInt(4_000));
        DatasetStatistics whole = build(records);
        List<DatasetStatistics> parts = new ArrayList<>();
        for (int from = 0; from < records.size();) {
            int to = Math.min(records.size(), from + random.nextInt(900));
            parts.add(build(records.subList(from, to)));
            from = to;
        }
        Collections.shuffle(parts, random);
        while (parts.size() > 1) {
            parts.add(parts.remove(random.nextInt(parts.size())).merge(parts.remove(random.nextInt(parts.size()))));
        }

        DatasetStatistics merged = parts.getFirst();
        assertThat(exact(merged)).isEqualTo(exact(whole));
        for (String name : List.of("x", "few", "n")) {
            NumericStatistics expected = (NumericStatistics) whole.features().get(name);
            NumericStatistics actual = (NumericStatistics) merged.features().get(name);
            assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-10 * Math.max(1, Math.abs(expected.mean()))));
            assertThat(actual.deviation()).isCloseTo(expected.deviation(), within(1e-9 * Math.max(1, expected.deviation())));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0,1", "2,1e6,0.25", "3,16777000,1", "4,-3e30,1e25", "5,1e-30,1e-33"})
    void keepsTheDigitsOfMeanAndDeviation(long seed, float centre, float spread) {
        Random random = new Random(seed);
        float[] values = new float[5_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = centre + spread * (float) random.nextGaussian();
        }
        NumericStatistics x = numbers(values);
        BigDecimal mean = exactMean(values);
        double deviation = exactDeviation(values, mean);

        assertThat(x.mean()).isCloseTo(mean.doubleValue(), within(Math.abs(mean.doubleValue()) * 1e-13 + deviation * 1e-12));
        assertThat(x.deviation()).isCloseTo(deviation, within(deviation * 1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void keepsTheDigitsWhenManySmallPartsAreMerged(long seed) {
        Random random = new Random(seed);
        float[] values = new float[3_000];
        NumericStatistics merged = numbers();
        for (int from = 0; from < values.length; from += 3) {
            for (int i = from; i < from + 3; i++) {
                values[i] = 1e7f + random.nextInt(16);
            }
            merged = merged.merge(numbers(Arrays.copyOfRange(values, from, from + 3)));
        }
        BigDecimal mean = exactMean(values);

        assertThat(merged.mean()).isCloseTo(mean.doubleValue(), within(1e-6));
        assertThat(merged.deviation()).isCloseTo(exactDeviation(values, mean), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "skewed", "sorted", "falling", "two-valued"})
    void keepsQuantilesAndRanksWithinTheSketchesError(String shape) {
        float[] values = shaped(shape, 60_000, new Random(shape.length()));
        NumericStatistics x = merged(values, 17);
        float[] sorted = values.clone();
        Arrays.sort(sorted);

        for (double rank : new double[] {0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1}) {
            double quantile = x.quantile(rank);
            assertThat(share(sorted, quantile, false)).as("below the %s quantile %s", rank, quantile).isLessThanOrEqualTo(rank + RANK_ERROR);
            assertThat(share(sorted, quantile, true)).as("up to the %s quantile %s", rank, quantile).isGreaterThanOrEqualTo(rank - RANK_ERROR);
            assertThat(x.shareBelow(quantile)).isCloseTo(share(sorted, quantile, false), within(RANK_ERROR));
        }
        assertThat(List.of(x.quantile(0), x.quantile(1))).containsExactly((double) sorted[0], (double) sorted[sorted.length - 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "skewed", "sorted", "two-valued"})
    void countsEveryValueInOneBinOfTheHistogram(String shape) {
        float[] values = shaped(shape, 20_000, new Random(5));
        Histogram histogram = merged(values, 7).histogram(24);

        assertThat(histogram.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(values.length);
        assertThat(histogram.edges()).hasSize(histogram.counts().size() + 1).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < histogram.counts().size(); i++) {
            double from = histogram.edges().get(i);
            double to = i == histogram.counts().size() - 1 ? Double.POSITIVE_INFINITY : histogram.edges().get(i + 1);
            long exact = IntStream.range(0, values.length).filter(n -> values[n] >= from && values[n] < to).count();
            assertThat((double) histogram.counts().get(i)).isCloseTo(exact, within(2 * RANK_ERROR * values.length));
        }
    }

    @Test
    void drawsAConstantAsOneBinAndNothingAsNone() {
        assertThat(numbers(4, 4, 4).histogram(10)).isEqualTo(new Histogram(List.of(4.0, 4.0), List.of(3L)));
        assertThat(numbers().histogram(10)).isEqualTo(new Histogram(List.of(), List.of()));
        assertThat(numbers(Float.NaN).histogram(10).counts()).isEmpty();
    }

    @Test
    void survivesTheLargestAndSmallestNumbers() {
        NumericStatistics x = numbers(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0.0f, 0.0f);

        assertThat(x.mean()).isCloseTo(0, within(1e25));
        assertThat(x.deviation()).isFinite().isGreaterThan(1e38);
        assertThat(x.zeros()).isEqualTo(2);
        assertThat(x.histogram(20).counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
        assertThat(x.distinct()).isEqualTo(4);
    }

    @Test
    void survivesTheLargestIntegers() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (long value : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE}) {
            builder.add(Example.of(Map.of("n", Feature.longs(value))));
        }
        NumericStatistics n = (NumericStatistics) builder.build().features().get("n");

        assertThat(n.top(2)).containsExactly(new ValueCount("9223372036854775807", 2), new ValueCount("-9223372036854775808", 1));
        assertThat(n.max()).isEqualTo(0x1p63);
        assertThat(n.deviation()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void countsNonFiniteNumbersAndTakesNothingElseFromThem(long seed) {
        Random random = new Random(seed);
        float[] values = new float[2_000];
        List<Float> finite = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (random.nextInt(5)) {
                case 0 -> Float.NaN;
                case 1 -> Float.NEGATIVE_INFINITY;
                case 2 -> Float.POSITIVE_INFINITY;
                default -> random.nextFloat();
            };
            if (Float.isFinite(values[i])) {
                finite.add(values[i]);
            }
        }
        NumericStatistics x = merged(values, 9);

        assertThat(x.count()).isEqualTo(values.length);
        assertThat(x.nonFinite()).isEqualTo(values.length - finite.size());
        assertThat(x.min()).isEqualTo((double) Collections.min(finite));
        assertThat(x.mean()).isCloseTo(finite.stream().mapToDouble(Float::doubleValue).average().orElseThrow(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4_000, 50_000, 300_000})
    void estimatesDistinctTextWithinFivePercent(int distinct) {
        ValueCounts merged = new ValueCounts();
        for (int part = 0; part < 6; part++) {
            ValueCounts values = new ValueCounts();
            // Every value is in two parts.
            for (int i = part % 3; i < distinct; i += 3) {
                values.add("value-" + i);
            }
            merged.merge(values);
        }

        // Three times the 1.6 % of the sketch.
        assertThat((double) merged.distinct()).isCloseTo(distinct, within(0.048 * distinct));
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void neverCountsAFrequentValueTooLowNorFarTooHigh(long seed) {
        Random random = new Random(seed);
        Map<String, Long> exact = new HashMap<>();
        int total = 60_000;
        ValueCounts counts = new ValueCounts();
        for (int i = 0; i < total; i++) {
            String value = "v" + (int) (10_000 * Math.pow(random.nextDouble(), 6));
            exact.merge(value, 1L, Long::sum);
            counts.add(value);
        }

        // Frequent Items with a map of 4,096: the error is at most 3.5 / 4096 of the total.
        long error = Math.round(3.5 * total / 4_096);
        assertThat(counts.top(20)).hasSize(20).allSatisfy(value ->
                assertThat(value.count()).isBetween(exact.get(value.value()), exact.get(value.value()) + error));
    }

    @Test
    void keepsStatisticsSmallWhateverTheTextsLength() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (int i = 0; i < 300; i++) {
            builder.add(Example.of(Map.of("t", Feature.text(i + "x".repeat(20_000)))));
            builder.add(Example.of(Map.of("t", Feature.text("short"))));
        }
        DatasetStatistics statistics = builder.build();
        DatasetStatistics read = StatisticsCodec.read(Fixtures.JSON.readTree(StatisticsCodec.write(statistics.merge(statistics)).toString()));

        assertThat(StatisticsCodec.write(statistics).toString()).hasSizeLessThan(10_000);
        for (DatasetStatistics told : List.of(statistics, read)) {
            assertThat((double) told.features().get("t").distinct()).isCloseTo(301, within(15.0));
        }
        assertThat(read.features().get("t").top(5)).containsExactly(new ValueCount("short", 600));
        assertThat(((TextStatistics) read.features().get("t")).count()).isEqualTo(1_200);
    }

    @Test
    void countsFewFloatValuesExactlyAndGivesUpOnMany() {
        float[] many = new float[FewValues.LIMIT + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = i;
        }
        NumericStatistics first = numbers(Arrays.copyOf(many, 40));

        assertThat(numbers(0, 1, 1, 0.5f).top(2)).containsExactly(new ValueCount("1.0", 2), new ValueCount("0.0", 1));
        assertThat(numbers(many).distinct()).isEqualTo(-1);
        assertThat(numbers(many).top(5)).isEmpty();
        assertThat(first.merge(numbers(Arrays.copyOfRange(many, 20, 64))).distinct()).isEqualTo(64);
        assertThat(first.merge(numbers(Arrays.copyOfRange(many, 20, 65))).distinct()).isEqualTo(-1);
    }

    @Test
    void countsAFeatureAsMissingInRecordsOfASchemaWithoutIt() {
        StatisticsBuilder one = new StatisticsBuilder(FEATURES.subList(0, 1));
        one.add(Example.of(Map.of("x", Feature.floats(1))));
        StatisticsBuilder two = new StatisticsBuilder(FEATURES);
        two.add(Example.of(Map.of("x", Feature.floats(2), "n", Feature.longs(1), "t", Feature.text("a"))));

        for (DatasetStatistics merged : List.of(one.build().merge(two.build()), two.build().merge(one.build()))) {
            assertThat(merged.features().get("n").missing()).isEqualTo(1);
            assertThat(merged.features().get("t").missing()).isEqualTo(1);
            assertThat(merged.features().get("x").missing()).isZero();
        }
    }

    @Test
    void mergesNothingWithNothing() {
        DatasetStatistics empty = build(List.of());
        NumericStatistics x = (NumericStatistics) empty.merge(empty).features().get("x");

        assertThat(exact(empty.merge(empty))).isEqualTo(exact(empty));
        assertThat(List.of(x.mean(), x.deviation(), x.min(), x.max(), x.quantile(0.5), x.shareBelow(1))).containsOnly(0.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void tellsTheSameAfterAnyNumberOfJsonRoundTrips(long seed) {
        DatasetStatistics statistics = build(records(new Random(seed), 1_500));
        DatasetStatistics read = statistics;
        for (int i = 0; i < 3; i++) {
            read = StatisticsCodec.read(Fixtures.JSON.readTree(StatisticsCodec.write(read).toString()));
        }

        assertThat(exact(read)).isEqualTo(exact(statistics));
        assertThat(((NumericStatistics) read.features().get("x")).histogram(20))
                .isEqualTo(((NumericStatistics) statistics.features().get("x")).histogram(20));
    }

    @Test
    void measuresTextInBytesOfUtf8() {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        List.of("", "é", "水水", "abcdefgh").forEach(text -> builder.add(Example.of(Map.of("t", Feature.text(text)))));
        TextStatistics t = (TextStatistics) builder.build().features().get("t");

        assertThat(List.of(t.minLength(), t.maxLength())).containsExactly(0, 8);
        assertThat(t.meanLength()).isEqualTo((0 + 2 + 6 + 8) / 4.0);
    }

    private static NumericStatistics numbers(float... values) {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        for (float value : values) {
            builder.add(Example.of(Map.of("x", Feature.floats(value))));
        }
        return (NumericStatistics) builder.build().features().get("x");
    }

    private static NumericStatistics merged(float[] values, int parts) {
        NumericStatistics merged = numbers();
        for (int part = 0; part < parts; part++) {
            merged = merged.merge(numbers(Arrays.copyOfRange(values, (int) ((long) values.length * part / parts),
                    (int) ((long) values.length * (part + 1) / parts))));
        }
        return merged;
    }

    private static float[] shaped(String shape, int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) switch (shape) {
                case "skewed" -> Math.exp(3 * random.nextGaussian());
                case "sorted" -> i;
                case "falling" -> -i;
                case "two-valued" -> random.nextInt(10) == 0 ? 7 : -1;
                default -> random.nextGaussian();
            };
        }
        return values;
    }

    private static double share(float[] sorted, double value, boolean inclusive) {
        return (double) IntStream.range(0, sorted.length).filter(i -> inclusive ? sorted[i] <= value : sorted[i] < value).count() / sorted.length;
    }

    private static BigDecimal exactMean(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> new BigDecimal(values[i])).reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128);
    }

    private static double exactDeviation(float[] values, BigDecimal mean) {
        return IntStream.range(0, values.length).mapToObj(i -> new BigDecimal(values[i]).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add).divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL64).doubleValue();
    }

    /** Everything that has no error, by feature. */
    private static Map<String, List<Object>> exact(DatasetStatistics statistics) {
        TreeMap<String, List<Object>> figures = new TreeMap<>();
        figures.put("", List.of(statistics.records()));
        statistics.features().forEach((name, feature) -> figures.put(name, switch (feature) {
            case NumericStatistics numeric -> List.of(numeric.count(), numeric.missing(), numeric.nonFinite(), numeric.zeros(), numeric.min(),
                    numeric.max(), numeric.distinct(), new HashSet<>(numeric.top(100)));
            case TextStatistics text -> List.of(text.count(), text.missing(), text.minLength(), text.maxLength(), text.meanLength(),
                    text.distinct(), new HashSet<>(text.top(100)));
        }));
        return figures;
    }

    private static DatasetStatistics build(List<Example> records) {
        StatisticsBuilder builder = new StatisticsBuilder(FEATURES);
        records.forEach(builder::add);
        return builder.build();
    }

    private static List<Example> records(Random random, int count) {
        List<Example> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TreeMap<String, Feature> features = new TreeMap<>();
            if (random.nextInt(10) > 0) {
                features.put("x", random.nextInt(20) == 0 ? Feature.floats(Float.NaN)
                        : Feature.floats(100 + (float) random.nextGaussian(), random.nextInt(3)));
            }
            features.put("few", Feature.floats(random.nextInt(9) / 4f));
            if (random.nextInt(4) > 0) {
                features.put("n", Feature.longs(random.nextInt(50) - 25));
            }
            if (random.nextInt(5) > 0) {
                features.put("t", Feature.text("word" + random.nextInt(200)));
            }
            features.put("b", new Feature.Bytes(new byte[][] {("é" + random.nextInt()).getBytes(StandardCharsets.UTF_8)}));
            records.add(Example.of(features));
        }
        return records;
    }
}
