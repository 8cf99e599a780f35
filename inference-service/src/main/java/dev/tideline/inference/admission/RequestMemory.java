package dev.tideline.inference.admission;

import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of requests in work, as they come and are inflated: a few kilobytes of gzip can stand for hundreds of megabytes. What a
 * request holds up to {@value #SMALL} bytes is counted apart from the rest, so that long requests, also ones that come slowly, keep no short
 * one out. One long request alone may hold more, with its answer up to half of the heap.
 */
public final class RequestMemory {

    static final int SMALL = 64 << 10;
    /** A JSON body of short numbers takes ten times its length and more: as a tensor, once more as output, and as the text of the answer. */
    private static final int SHARE = 16;
    private static final int ALONE = SHARE / 2;

    private final long most;
    private final AtomicLong small = new AtomicLong();
    private final AtomicLong large = new AtomicLong();
    private final Counter refused;

    /** @param most bytes that long requests may hold together */
    RequestMemory(long most, MeterRegistry registry) {
        this.most = most;
        this.refused = Counter.builder("tideline.inference.request.memory.refused")
                .description("Requests refused because those in work held too many bytes").register(registry);
        Gauge.builder("tideline.inference.request.memory", () -> small.get() + large.get()).baseUnit("bytes")
                .description("Bytes of requests in work").register(registry);
    }

    /** The part of the heap, in bytes, that long requests may hold together. */
    public static long share() {
        return Runtime.getRuntime().maxMemory() / SHARE;
    }

    public Hold hold() {
        return new Hold();
    }

    /** What one request holds. One thread at a time. */
    public final class Hold implements AutoCloseable {

        private long bytes;

        private Hold() {}

        /** @throws StatusException RESOURCE_EXHAUSTED; what was held before stays held */
        public void grow(long more) {
            if (bytes + more > ALONE * most) {
                refused.increment();
                throw StatusException.exhausted("bytes of this request and its answer: " + (bytes + more) + " (expected: at most "
                        + ALONE * most + "; ask for less, or give the process a larger heap)", Duration.ZERO);
            }
            long little = Math.clamp(SMALL - bytes, 0, more);
            long before = large.getAndAdd(more - little) - Math.max(0, bytes - SMALL);
            boolean tooLarge = more > little && before > 0 && before + bytes + more - SMALL > most;
            if (small.addAndGet(little) > most || tooLarge) {
                small.addAndGet(-little);
                large.addAndGet(little - more);
                refused.increment();
                throw StatusException.exhausted("bytes of requests in work: " + (tooLarge ? before : small.get())
                        + " (expected: at most " + most + " with this one); try again later", Duration.ZERO);
            }
            bytes += more;
        }

        @Override
        public void close() {
            small.addAndGet(-Math.min(bytes, SMALL));
            large.addAndGet(-Math.max(0, bytes - SMALL));
            bytes = 0;
        }
    }
}
