package dev.tideline.inference.admission;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first to stop: says that the service is not ready, and lets everything else run on for the stop delay. After it the doors close and
 * drain, then runs and models end, then the log is flushed.
 */
@Component
final class StopDelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StopDelay.class);

    private final ApplicationContext context;
    private final AdmissionProperties properties;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean running;

    StopDelay(ApplicationContext context, AdmissionProperties properties) {
        this.context = context;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        if (!properties.stopDelay().isPositive()) {
            return;
        }
        log.info("Not ready any more; answers for {} more", properties.stopDelay());
        try {
            never.await(properties.stopDelay().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Above the web server's, and anything else's. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
