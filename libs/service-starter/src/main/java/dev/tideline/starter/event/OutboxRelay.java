package dev.tideline.starter.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One thread that empties the outbox: woken after each commit, and by a slow poll for what another instance left behind. Stays
 * alive through any failure, with a growing pause.
 */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final OutboxDelivery delivery;
    private final OutboxProperties properties;
    private final Counter sent;
    private final Counter failures;
    private final Semaphore work = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxRelay(OutboxDelivery delivery, OutboxProperties properties, MeterRegistry meters) {
        this.delivery = delivery;
        this.properties = properties;
        this.sent = meters.counter("tideline.outbox.sent");
        this.failures = meters.counter("tideline.outbox.failures");
    }

    /** Something was committed. */
    void wake() {
        work.release();
    }

    @Override
    public void start() {
        // Known before it runs: a loop that does not find itself here ends at once.
        Thread relay = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
        thread = relay;
        relay.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(properties.ackTimeout());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        Duration pause = properties.poll();
        while (thread == Thread.currentThread()) {
            pause = attempt(pause);
            try {
                if (!pause.isZero() && work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** Returns how long to wait before the next one: nothing, the poll interval, or a back-off. */
    private Duration attempt(Duration previous) {
        try {
            OutboxDelivery.Result result = delivery.deliver();
            sent.increment(result.sent());
            if (result.failure() == null) {
                return result.more() ? Duration.ZERO : properties.poll();
            }
            return backOff(previous, result.failure());
        } catch (RuntimeException failure) {
            return backOff(previous, failure);
        }
    }

    private Duration backOff(Duration previous, Throwable failure) {
        failures.increment();
        Duration doubled = previous.isZero() ? properties.poll() : previous.multipliedBy(2);
        Duration next = doubled.compareTo(properties.maxBackOff()) > 0 ? properties.maxBackOff() : doubled;
        log.warn("Outbox: events wait, next try in {} ms: {}", next.toMillis(), failure.toString());
        return next;
    }
}
