package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingPropertiesTest {

    private static BatchingProperties properties(int maxRows, List<Integer> allowed, Duration target) {
        return new BatchingProperties(maxRows, Duration.ofMillis(2), 1000, 0, allowed, true, false, 0, target);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "4, 4", "5, 8", "9, 32", "32, 32", "40, 40"})
    void runIsFilledUpToTheNextAllowedSize(int rows, int size) {
        assertThat(properties(32, List.of(4, 8, 32), null).runRows(rows)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "31, 8", "8, 8", "5, 4", "4, 4", "1, 4"})
    void limitIsLoweredToAnAllowedSizeAndNeverBelowTheSmallest(int limit, int size) {
        assertThat(properties(32, List.of(4, 8, 32), null).within(limit)).isEqualTo(size);
    }

    @Test
    void withoutAllowedSizesAnySizeRuns() {
        BatchingProperties any = properties(32, List.of(), null);

        assertThat(any.runRows(7)).isEqualTo(7);
        assertThat(any.within(7)).isEqualTo(7);
    }

    @Test
    void allowedSizesRiseToTheMost() {
        assertThatThrownBy(() -> properties(32, List.of(4, 4, 32), null)).hasMessageContaining("expected: strictly rising");
        assertThatThrownBy(() -> properties(32, List.of(0, 32), null)).hasMessageContaining("expected: strictly rising");
        assertThatThrownBy(() -> properties(32, List.of(4, 8), null)).hasMessageContaining("expected: the last equal to max-rows, 32");
    }

    @Test
    void targetIsMoreThanNothingAndMovesTheLimits() {
        assertThatThrownBy(() -> properties(32, List.of(), Duration.ZERO)).hasMessageContaining("expected: more than 0");
        assertThat(properties(32, List.of(), null).control()).isInstanceOf(BatchControl.Fixed.class);
        assertThat(properties(32, List.of(), Duration.ofMillis(20)).control()).isInstanceOf(BatchControl.Aimed.class);
    }

    @Test
    void thereAreAtLeastTwoRunners() {
        assertThat(properties(32, List.of(), null).runnerThreads()).isGreaterThanOrEqualTo(2);
    }
}
