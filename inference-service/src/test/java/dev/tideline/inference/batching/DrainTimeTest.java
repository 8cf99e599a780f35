package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTimeTest {

    private final DrainTime drain = new DrainTime();

    @Test
    void isUnknownBeforeTheFirstRun() {
        assertThat(drain.time(1000)).isZero();
    }

    @Test
    void goesByTheTimeOfARow() {
        drain.ran(10, 10_000_000, 1);

        assertThat(drain.time(500)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void runsBesideEachOtherShareTheQueue() {
        drain.ran(10, 10_000_000, 2);

        assertThat(drain.time(500)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatRunsBesideDoesNotMakeARunShorter() {
        drain.ran(10, 1000, 2);

        assertThat(drain.atLeast(1000, 10)).isTrue();
        assertThat(drain.shorterThan(1000, 10)).isFalse();
    }

    @Test
    void followsAModelThatBecomesSlowWithoutJumping() {
        drain.ran(1, 1_000_000, 1);
        drain.ran(1, 101_000_000, 1);
        assertThat(drain.time(1)).isEqualTo(Duration.ofMillis(21));

        for (int i = 0; i < 50; i++) {
            drain.ran(1, 101_000_000, 1);
        }
        assertThat(drain.time(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(101));
    }

    @Test
    void foreseesShortAndLongRunsByTheLastOnesAndTheirRows() {
        DrainTime drain = new DrainTime();
        assertThat(drain.shorterThan(1000, 1)).isFalse();

        drain.ran(10, 500, 1);
        assertThat(drain.shorterThan(1000, 10)).isTrue();
        assertThat(drain.shorterThan(1000, 30)).isFalse();
        assertThat(drain.shorterThan(400, 1)).isFalse();

        assertThat(drain.atLeast(1000, 30)).isTrue();
        assertThat(drain.atLeast(1000, 10)).isFalse();
        assertThat(new DrainTime().atLeast(1000, 30)).isFalse();

        drain.ran(10, 10_000, 1);
        assertThat(drain.shorterThan(1000, 1)).isFalse();
    }
}
