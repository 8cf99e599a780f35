package dev.tideline.ingest.shard;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when a writer thread has ended: the process has to be started again. */
@Component("shardWritersHealthIndicator")
final class ShardHealth implements HealthIndicator {

    private final ShardWriters writers;

    ShardHealth(ShardWriters writers) {
        this.writers = writers;
    }

    @Override
    public Health health() {
        return writers.healthy() ? Health.up().build() : Health.down().withDetail("writer", "ended").build();
    }
}
