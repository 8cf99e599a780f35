package dev.tideline.starter.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the fixed topics before listeners start. Without a broker the service starts all the same, and the topics are made once
 * the broker is there.
 */
final class TopicSetup implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final KafkaAdmin admin;
    private volatile @Nullable Thread retries;
    private volatile boolean running;

    TopicSetup(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void start() {
        running = true;
        if (!attempt()) {
            retries = Thread.ofVirtual().name("topic-setup").start(this::retry);
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread thread = retries;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before Kafka listeners, which start in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void retry() {
        Duration pause = Duration.ofSeconds(1);
        while (running) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stop) {
                return;
            }
            if (attempt()) {
                log.info("Kafka: topics are in place");
                return;
            }
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
        }
    }

    private boolean attempt() {
        String reason = "no answer";
        try {
            if (admin.initialize()) {
                return true;
            }
        } catch (RuntimeException failure) {
            reason = failure.toString();
        }
        log.warn("Kafka: topics are not made yet, {} (expected: a broker at {})",
                reason, admin.getConfigurationProperties().get("bootstrap.servers"));
        return false;
    }
}
