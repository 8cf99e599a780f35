package dev.tideline.monitoring.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    void takesThatShareOfIdsThatDifferLittle(double share) {
        long taken = IntStream.range(0, 100_000).filter(i -> Share.takes("6f1d-" + i / 8 + "-" + i % 8, share, "a")).count();
        assertThat(taken / 100_000.0).isCloseTo(share, within(0.006));
    }

    @Test
    void takesAllAndNone() {
        assertThat(Share.takes("x", 1, "a")).isTrue();
        assertThat(Share.takes("x", 0, "a")).isFalse();
    }

    @Test
    void anotherUseChoosesOthers() {
        long both = IntStream.range(0, 10_000).filter(i -> Share.takes("r-" + i, 0.5, "a") && Share.takes("r-" + i, 0.5, "b")).count();
        assertThat(both).isBetween(2_200L, 2_800L);
    }
}
