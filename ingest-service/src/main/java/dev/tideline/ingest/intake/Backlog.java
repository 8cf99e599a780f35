package dev.tideline.ingest.intake;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Bytes that were sent to the broker and are not acknowledged. New requests are turned away while it is three quarters full;
 * requests under way are slowed down by the producer instead.
 */
@Component
final class Backlog {

    private final AtomicLong bytes = new AtomicLong();
    private final long limit;

    Backlog(IntakeProperties properties, MeterRegistry meters) {
        this.limit = properties.buffer().toBytes() * 3 / 4;
        meters.gauge("tideline.ingest.backlog.bytes", bytes);
    }

    /** Fails with {@code TOO_MANY_REQUESTS} when the broker does not keep up. */
    void admit() {
        long waiting = bytes.get();
        if (waiting >= limit) {
            throw new TidelineException(CommonError.TOO_MANY_REQUESTS,
                    "records: " + waiting + " bytes wait for Kafka's acknowledgement (expected: below "
                            + limit + " before more are taken)");
        }
    }

    void add(long size) {
        bytes.addAndGet(size);
    }

    void remove(long size) {
        bytes.addAndGet(-size);
    }
}
