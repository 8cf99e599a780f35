package dev.tideline.ingest.shard;

import java.util.SortedMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while a partition of this instance waits, with the reason. No part of readiness: what is acknowledged is safe on the topic,
 * and the other partitions go on.
 */
@Component("shardPartitionsHealthIndicator")
final class PartitionHealth implements HealthIndicator {

    private final ShardMeters meters;

    PartitionHealth(ShardMeters meters) {
        this.meters = meters;
    }

    @Override
    public Health health() {
        SortedMap<String, String> waiting = meters.waiting();
        return (waiting.isEmpty() ? Health.up() : Health.down()).withDetails(waiting).build();
    }
}
