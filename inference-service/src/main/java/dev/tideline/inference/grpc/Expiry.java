package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.PendingPrediction;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Ends predictions whose time is over: no thread waits for them that could. Holds as many timers as there are requests in work. */
@Component
final class Expiry implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("grpc-expiry").daemon().factory());

    Expiry() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Cancel it when the prediction has ended. */
    Future<?> of(PendingPrediction pending) {
        return timer.schedule(pending::expire, pending.nanosLeft(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
