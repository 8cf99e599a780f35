package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicerTest {

    @Test
    void numbersAreCutIntoRangesOfEqualSize() {
        var slices = Slicer.byQuantiles("hour", IntStream.range(0, 24).mapToDouble(i -> i).toArray(), 4, 1);

        assertThat(slices).extracting(Slice::name).containsExactly("hour=[0.0,6.0)", "hour=[6.0,12.0)", "hour=[12.0,18.0)", "hour=[18.0,23.0]");
        assertThat(slices).allMatch(slice -> slice.rows().length == 6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyNumberIsInExactlyOneRange(long seed) {
        var random = new SplittableRandom(seed);
        var values = IntStream.range(0, 500).mapToDouble(i -> Math.floor(random.nextGaussian() * 3)).toArray();

        var slices = Slicer.byQuantiles("x", values, 7, 1);

        assertThat(slices.stream().flatMapToInt(slice -> IntStream.of(slice.rows())).sorted())
            .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(slices.size()).isBetween(2, 7);
    }

    @Test
    void equalValuesAreNeverParted() {
        assertThat(Slicer.byQuantiles("x", new double[] {1, 1, 1, 1, 2}, 4, 1)).extracting(Slice::name)
            .containsExactly("x=[1.0,2.0]");
        assertThat(Slicer.byQuantiles("x", new double[] {1, 1, 2, 2, 2}, 2, 1)).extracting(slice -> slice.rows().length)
            .containsExactly(2, 3);
    }

    @Test
    void missingNumbersAreInNoRange() {
        var slices = Slicer.byQuantiles("x", new double[] {Double.NaN, 1, 2, Double.NaN}, 2, 1);

        assertThat(slices).extracting(Slice::rows).containsExactly(new int[] {1}, new int[] {2});
        assertThat(Slicer.byQuantiles("x", new double[] {Double.NaN}, 2, 1)).isEmpty();
    }

    @Test
    void textsAreCutByTheirMostFrequentValues() {
        var slices = Slicer.byValues("station", List.of("b", "a", "b", "", "c", "a", "b", "", "", ""), 2, 1);

        assertThat(slices).extracting(Slice::name).containsExactly("station=b", "station=a");
        assertThat(slices.getFirst().rows()).containsExactly(0, 2, 6);
    }

    @Test
    void equallyFrequentTextsAreChosenByName() {
        assertThat(Slicer.byValues("s", List.of("z", "y", "x"), 2, 1)).extracting(Slice::name).containsExactly("s=x", "s=y");
    }

    @Test
    void smallSlicesAreLeftOut() {
        var values = Collections.nCopies(30, "a").toArray(String[]::new);
        values[3] = "b";

        assertThat(Slicer.byValues("s", List.of(values), 5, 2)).extracting(Slice::name).containsExactly("s=a");
        assertThat(Slicer.byQuantiles("x", new double[] {1, 2, 3, 4, 5}, 5, 2)).isEmpty();
    }

    @Test
    void namesHaveNoCharacterThatADatabaseRefuses() {
        assertThat(Slicer.byValues("f", List.of("a\0", "a\0"), 5, 1)).singleElement()
            .satisfies(slice -> assertThat(slice.name()).isEqualTo("f=a\uFFFD"));
    }
}
