package dev.tideline.ingest.intake;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Bytes that were sent to the broker and are not acknowledged. New requests are turned away while it is three quarters full;
 * requests under way are slowed down by the producer instead.
 */
@Component
final class Backlog {

    /** Counted by every thread on its own, since all of them count for each record and few ask. */
    private final LongAdder bytes = new LongAdder();
    private final long limit;

    Backlog(IntakeProperties properties, MeterRegistry meters) {
        this.limit = properties.buffer().toBytes() * 3 / 4;
        meters.gauge("tideline.ingest.backlog.bytes", this, Backlog::waiting);
    }

    /** Fails with {@code TOO_MANY_REQUESTS} when the broker does not keep up. */
    void admit() {
        long waiting = waiting();
        if (waiting >= limit) {
            throw new TidelineException(CommonError.TOO_MANY_REQUESTS,
                    "records: " + waiting + " bytes wait for Kafka's acknowledgement (expected: below "
                            + limit + " before more are taken)");
        }
    }

    /** About as many bytes; while records come and go, some of them may be missed. */
    private long waiting() {
        return Math.max(0, bytes.sum());
    }

    void add(long size) {
        bytes.add(size);
    }

    void remove(long size) {
        bytes.add(-size);
    }
}
