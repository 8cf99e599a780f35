package dev.tideline.monitoring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private final Map<String, Baseline> bins = Map.of(
            "kind", new Baseline.Categorical(List.of("a", "b", "c"), new long[] {5, 3, 1}, 0, 0),
            "zone", new Baseline.Categorical(List.of("1", "2"), new long[] {5, 3}, 0, 0),
            "x", new Baseline.Numeric(new double[] {0}, new long[] {1, 1}, 0, -1, 1, 0, 1));
    private final Slices slices = new Slices(new SliceProperties(Map.of("m", List.of("kind", "zone", "x"), "*", List.of("zone")), 2));

    @Test
    void aPredictionIsInOneSliceOfEachFeature() {
        assertThat(of("m", Map.of("kind", Feature.text("b"), "zone", Feature.longs(1)))).containsExactly("kind=b", "zone=1");
    }

    @Test
    void modelsThatAreNotNamedHaveTheCommonSlices() {
        assertThat(of("other", Map.of("kind", Feature.text("b"), "zone", Feature.longs(2)))).containsExactly("zone=2");
    }

    @Test
    void rareAndNewValuesMakeNoSlice() {
        assertThat(of("m", Map.of("kind", Feature.text("c")))).isEmpty();
        assertThat(of("m", Map.of("kind", Feature.text("never seen")))).isEmpty();
    }

    @Test
    void numbersAndListsMakeNoSlice() {
        assertThat(of("m", Map.of("x", Feature.floats(1), "kind", Feature.text("a", "b")))).isEmpty();
    }

    @Test
    void textThatNoDatabaseTakesMakesNoSlice() {
        Map<String, Baseline> strange = Map.of("kind", new Baseline.Categorical(List.of("a\0", "b"), new long[] {5, 3}, 0, 0));

        assertThat(slices.of("m", Example.of(Map.of("kind", Feature.text("a\0"))), strange)).isEmpty();
        assertThat(slices.of("m", Example.of(Map.of("kind", Feature.text("b"))), strange)).containsExactly("kind=b");
    }

    @Test
    void withoutFeaturesThereAreNoSlices() {
        assertThat(new Slices(new SliceProperties(Map.of(), 20)).of("m", Example.of(Map.of("kind", Feature.text("a"))), bins)).isEmpty();
    }

    private List<String> of(String model, Map<String, Feature> row) {
        return slices.of(model, Example.of(row), bins);
    }
}
