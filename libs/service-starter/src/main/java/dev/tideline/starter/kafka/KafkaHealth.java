package dev.tideline.starter.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether a broker answers. Asks at most once per {@link #FRESH}, or {@link #AGAIN} while there is none, and waits at most {@link #WAIT};
 * callers in between get the last answer, so a probe never queues behind a slow broker.
 */
final class KafkaHealth implements HealthIndicator, AutoCloseable {

    private static final Duration FRESH = Duration.ofSeconds(5);
    /** Whoever waits for a broker to come back is to hear of it soon. */
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Admin admin;
    private volatile Health last = Health.unknown().build();
    private volatile long askedAt = System.nanoTime();

    KafkaHealth(Map<String, Object> settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        boolean first = last.getStatus().equals(Status.UNKNOWN);
        Duration fresh = last.getStatus().equals(Status.UP) ? FRESH : AGAIN;
        if (first ? lock() : System.nanoTime() - askedAt >= fresh.toNanos() && asking.tryLock()) {
            try {
                last = ask();
                askedAt = System.nanoTime();
            } finally {
                asking.unlock();
            }
        }
        return last;
    }

    private boolean lock() {
        asking.lock();
        return true;
    }

    private Health ask() {
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            DescribeClusterResult cluster = admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) WAIT.toMillis()));
            int brokers = cluster.nodes().get(WAIT.toMillis(), TimeUnit.MILLISECONDS).size();
            return Health.up().withDetail("brokers", brokers).build();
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            return Health.down().withDetail("error", "no answer from " + settings.get("bootstrap.servers")).build();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    @Override
    public void close() {
        asking.lock();
        try {
            if (admin != null) {
                admin.close(WAIT);
            }
        } finally {
            asking.unlock();
        }
    }
}
