package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoughOrderTest {

    private final RoughOrder order = new RoughOrder();

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void findsValuesLessThanAStepFromTheirPlace(int size) {
        Random random = new Random(size);
        int step = KllBlock.step(size);
        int used = 0;
        for (int round = 0; round < 50; round++) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = round % 2 == 0 ? (float) random.nextGaussian() : random.nextFloat() * 1e-30f - 5e-31f;
            }
            if (order.order(values, size, step)) {
                used++;
                float[] sorted = values.clone();
                Arrays.sort(sorted);
                for (int i = 0; i < size; i++) {
                    float found = order.at(i);
                    assertThat(found).as("place %d", i)
                            .isBetween(sorted[Math.max(0, i - step)], sorted[Math.min(size - 1, i + step)]);
                    assertThat(Arrays.binarySearch(sorted, found)).as("one of the values").isNotNegative();
                }
                assertThat(order.min()).isEqualTo(sorted[0]);
                assertThat(order.max()).isEqualTo(sorted[size - 1]);
            }
        }
        assertThat(used).isPositive();
    }

    @Test
    void isNoUseWhereValuesCrowd() {
        float[] values = new float[4096];
        assertThat(order.order(values, values.length, 16)).as("all equal").isFalse();
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        values[7] = 1e30f;
        assertThat(order.order(values, values.length, 16)).as("one far away").isFalse();
        values[7] = Float.MAX_VALUE;
        values[8] = -Float.MAX_VALUE;
        assertThat(order.order(values, values.length, 16)).as("a range beyond floats").isFalse();
        Arrays.fill(values, 0);
        values[0] = Float.MIN_VALUE;
        assertThat(order.order(values, values.length, 16)).as("a range too small to divide by").isFalse();
    }
}
