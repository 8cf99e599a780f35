package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class WeightFreezerTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("w", Kind.FLOAT)), null, null, null);

    @Test
    void withoutAFeatureThereIsNoWeight() {
        assertThat(WeightFreezer.freeze(null, SCHEMA, statistics(i -> 1f))).isNull();
    }

    @Test
    void aWeightIsAColumn() {
        assertThat(freeze(i -> i / 10f)).isEqualTo(Column.scalar("w", Kind.FLOAT, null));
    }

    @Test
    void aNegativeWeightIsRefused() {
        assertThatThrownBy(() -> freeze(i -> i - 1f)).isInstanceOf(UntrainableDataException.class)
            .hasMessage("weight w: -1.0 to 98.0, 0 not finite (expected: numbers from 0, at least one above)");
    }

    @Test
    void weightsThatAreAllZeroTeachNothing() {
        assertThatThrownBy(() -> freeze(i -> 0f)).hasMessageStartingWith("weight w: 0.0 to 0.0");
    }

    @Test
    void aWeightThatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> freeze(i -> i == 7 ? Float.NaN : 1f)).hasMessageContaining("1 not finite");
    }

    private static Column freeze(IntFunction<Float> value) {
        return WeightFreezer.freeze("w", SCHEMA, statistics(value));
    }

    private static DatasetStatistics statistics(IntFunction<Float> value) {
        return Summaries.of(SCHEMA, 100, i -> new Object[] {"w", (double) value.apply(i)});
    }
}
