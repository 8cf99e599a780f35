package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Ends what takes longer than its caller waits. Holds as many timers as there are requests in work. */
@Component
final class Expiry implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("expiry").daemon().factory());

    Expiry() {
        timer.setRemoveOnCancelPolicy(true);
    }

    static StatusException over(Duration timeout) {
        return new StatusException(StatusCode.DEADLINE_EXCEEDED, "deadline: over after " + timeout.toMillis() + " ms");
    }

    /**
     * @param deadline in terms of {@link System#nanoTime()}
     * @return to cancel when it has ended
     */
    Future<?> watch(CompletableFuture<?> work, long deadline, Duration timeout) {
        return timer.schedule(() -> work.completeExceptionally(over(timeout)), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
