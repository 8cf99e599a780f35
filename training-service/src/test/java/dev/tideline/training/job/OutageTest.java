package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutageTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();
    private final Outage outage = new Outage(Duration.ofMillis(1), Duration.ofSeconds(10), nanos::get);

    @Test
    void itWaitsUntilTheDatabaseIsBack() {
        int result = outage.outlast("a test", () -> false, () -> {
            if (tries.incrementAndGet() < 4) {
                throw new CannotCreateTransactionException("gone");
            }
            return 7;
        });

        assertThat(result).isEqualTo(7);
        assertThat(tries).hasValue(4);
    }

    @Test
    void waitingEnds() {
        assertThatThrownBy(() -> outage.outlast("a test", () -> false, () -> {
            tries.incrementAndGet();
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());
            throw new DataAccessResourceFailureException("gone");
        })).hasMessage("gone");

        assertThat(tries).hasValue(3);
    }

    @Test
    void nobodyWaitsForAJobThatIsStopped() {
        assertThatThrownBy(() -> outage.outlast("a test", () -> true, () -> {
            tries.incrementAndGet();
            throw new DataAccessResourceFailureException("gone");
        })).hasMessage("gone");

        assertThat(tries).hasValue(1);
    }

    @Test
    void aMistakeIsNoOutage() {
        assertThatThrownBy(() -> outage.outlast("a test", () -> false, () -> {
            tries.incrementAndGet();
            throw new DataIntegrityViolationException("twice");
        })).hasMessage("twice");

        assertThat(tries).hasValue(1);
    }
}
