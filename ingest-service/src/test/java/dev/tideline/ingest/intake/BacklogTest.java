package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BacklogTest {

    private final Backlog backlog = new Backlog(
            new IntakeProperties(DataSize.ofBytes(1), DataSize.ofBytes(1), 1, 1, DataSize.ofBytes(1_000), Duration.ofSeconds(1), 1, Duration.ofSeconds(1),
                    Duration.ofDays(1)), new SimpleMeterRegistry());

    @Test
    void letsRequestsInWhileTheBrokerKeepsUp() {
        backlog.add(749);

        assertThatCode(backlog::admit).doesNotThrowAnyException();
    }

    @Test
    void turnsRequestsAwayWhenThreeQuartersAreFull() {
        backlog.add(750);

        assertThatThrownBy(backlog::admit)
                .isInstanceOfSatisfying(TidelineException.class, e -> assertThat(e.code()).isEqualTo(CommonError.TOO_MANY_REQUESTS))
                .hasMessage("records: 750 bytes wait for Kafka's acknowledgement (expected: below 750 before more are taken)");
    }

    @Test
    void letsRequestsInAgainOnceTheBrokerHasCaughtUp() {
        backlog.add(750);
        backlog.remove(1);

        assertThatCode(backlog::admit).doesNotThrowAnyException();
    }
}
