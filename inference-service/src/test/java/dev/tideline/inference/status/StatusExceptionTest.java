package dev.tideline.inference.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusExceptionTest {

    private static Duration retry(Duration estimate) {
        return StatusException.exhausted("full", estimate).retryAfter();
    }

    @Test
    void asksForTheEstimatedTimeWithinBounds() {
        assertThat(retry(Duration.ofMillis(2500))).isEqualTo(Duration.ofMillis(2500));
        assertThat(retry(Duration.ofNanos(5))).isEqualTo(Duration.ofMillis(1));
        assertThat(retry(Duration.ofHours(2))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void asksForASecondWhenNothingIsKnown() {
        assertThat(retry(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(new StatusException(StatusCode.RESOURCE_EXHAUSTED, "full").retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }
}
