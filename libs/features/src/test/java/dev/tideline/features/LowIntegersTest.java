package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowIntegersTest {

    private final Random random = new Random(3);

    @Test
    void putsABlockInTheOrderOfASort() {
        double[] values = random.doubles(500).map(value -> Math.floor(value * 256)).toArray();
        values[7] = 0;
        values[8] = 255;
        double[] sorted = values.clone();
        Arrays.sort(sorted, 0, 400);
        assertThat(LowIntegers.sort(values, 400)).isTrue();
        assertThat(values).isEqualTo(sorted);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 256, 1L << 32, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void leavesABlockWithAnotherNumberAlone(double other) {
        double[] values = {5, 3, other, 1};
        assertThat(LowIntegers.sort(values, 4)).isFalse();
        assertThat(values).containsExactly(5, 3, other, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 256, 1L << 32, (1L << 32) + 5, Long.MIN_VALUE, Long.MAX_VALUE})
    void doesNotCountOtherNumbers(long other) {
        assertThat(new LowIntegers().add(other)).isFalse();
    }

    @Test
    void handsItsCountsOnOnce() {
        LowIntegers low = new LowIntegers();
        for (long value : new long[] {0, 255, 7, 7, 0, 7}) {
            assertThat(low.add(value)).isTrue();
        }
        ValueCounts counts = new ValueCounts();
        low.drain(counts);
        low.drain(counts);
        assertThat(counts.top(10)).containsExactly(new ValueCount("7", 3), new ValueCount("0", 2), new ValueCount("255", 1));
    }
}
