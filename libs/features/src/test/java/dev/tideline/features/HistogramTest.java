package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void countsAValueOnAnEdgeInTheBinThatBeginsThereAndTheLargestInTheLast() {
        Histogram histogram = numbers(0, 1, 1, 2, 3, 4).histogram(4);

        assertThat(histogram.edges()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(histogram.counts()).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void drawsTwoSplitsOnOneScale() {
        Histogram low = Histogram.of(numbers(1, 2), new Scale(0, 10, 2));
        Histogram high = Histogram.of(numbers(6, 10), new Scale(0, 10, 2));

        assertThat(low.edges()).isEqualTo(high.edges()).containsExactly(0.0, 5.0, 10.0);
        assertThat(low.counts()).containsExactly(2L, 0L);
        assertThat(high.counts()).containsExactly(0L, 2L);
    }

    @Test
    void drawsValuesThatDoNotDifferAsOneBin() {
        Histogram histogram = numbers(5, 5, 5).histogram(10);

        assertThat(histogram.edges()).containsExactly(5.0, 5.0);
        assertThat(histogram.counts()).containsExactly(3L);
        assertThat(numbers().histogram(10)).isEqualTo(new Histogram(List.of(), List.of()));
    }

    @Test
    void givesEachIntegerAStepWhileThereAreFew() {
        Histogram histogram = integers(6, 7, 7, 9, 23).histogram(30);

        assertThat(histogram.counts()).hasSize(18).startsWith(1L, 2L, 0L, 1L, 0L).endsWith(0L, 1L);
        assertThat(histogram.edges()).startsWith(6.0, 7.0).endsWith(23.0, 24.0);
    }

    @Test
    void givesEachStepAsManyIntegers() {
        Histogram histogram = integers(LongStream.rangeClosed(0, 99).toArray()).histogram(30);

        assertThat(histogram.counts()).hasSize(25).containsOnly(4L);
        assertThat(histogram.edges()).startsWith(0.0, 4.0).endsWith(100.0);
    }

    @Test
    void drawsIntegersThatDoublesCannotTellApart() {
        Histogram histogram = integers(Long.MIN_VALUE, 0, Long.MAX_VALUE).histogram(4);

        assertThat(histogram.counts()).containsExactly(1L, 0L, 1L, 1L);
    }

    @Test
    void losesNoneOfTheValuesWhateverTheBins() {
        float[] values = new float[999];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i) * i;
        }
        for (int bins : new int[] {1, 2, 7, 100, 5_000}) {
            Histogram histogram = numbers(values).histogram(bins);

            assertThat(histogram.counts()).hasSize(bins).allMatch(count -> count >= 0);
            assertThat(histogram.counts().stream().mapToLong(count -> count).sum()).isEqualTo(values.length);
            assertThat(histogram.edges()).hasSize(bins + 1).isSorted();
        }
    }

    private static NumericStatistics integers(long... values) {
        StatisticsBuilder builder = new StatisticsBuilder(List.of(FeatureSpec.scalar("x", Kind.INT)));
        for (long value : values) {
            builder.add(Example.of(Map.of("x", Feature.longs(value))));
        }
        return (NumericStatistics) builder.build().features().get("x");
    }

    private static NumericStatistics numbers(float... values) {
        StatisticsBuilder builder = new StatisticsBuilder(List.of(FeatureSpec.scalar("x", Kind.FLOAT)));
        for (float value : values) {
            builder.add(Example.of(Map.of("x", Feature.floats(value))));
        }
        return (NumericStatistics) builder.build().features().get("x");
    }
}
