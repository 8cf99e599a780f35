package dev.tideline.starter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.starter.error.CommonError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.backoff.BackOffExecution;

class ListenerErrorsTest {

    private final ListenerErrors errors = new ListenerErrors(
            new RetryProperties(Duration.ofMillis(100), Duration.ofMillis(400), 3), new SimpleMeterRegistry());

    @Test
    void wrongRecordIsNotTriedAgain() {
        assertThat(pauses(CommonError.MALFORMED_EVENT, 1)).containsExactly(BackOffExecution.STOP);
    }

    @Test
    void faultIsTriedAsOftenAsConfigured() {
        assertThat(pauses(CommonError.INTERNAL, 4)).containsExactly(100L, 200L, 400L, BackOffExecution.STOP);
    }

    @Test
    void absentServiceIsTriedWithoutEndButNeverLessOftenThanTheLongestPause() {
        assertThat(pauses(CommonError.BROKER_UNAVAILABLE, 1000)).startsWith(100L, 200L, 400L, 400L)
                .doesNotContain(BackOffExecution.STOP).allMatch(pause -> pause <= 400);
    }

    @Test
    void overloadIsTriedWithoutEnd() {
        assertThat(pauses(CommonError.TOO_MANY_REQUESTS, 100)).doesNotContain(BackOffExecution.STOP);
    }

    private List<Long> pauses(CommonError code, int count) {
        BackOffExecution execution = errors.backOff(code).start();
        return LongStream.range(0, count).map(n -> execution.nextBackOff()).boxed().toList();
    }
}
