package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class PartitionHealthTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ShardMeters meters = new ShardMeters(registry);
    private final PartitionHealth health = new PartitionHealth(meters);

    @Test
    void isUpWhileAllPartitionsWork() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void namesEachPartitionThatWaitsWithItsReason() {
        meters.waiting("trips", 2, "No space left on device");
        meters.waiting("trips", 0, "PostgreSQL");

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsExactly(entry("trips-0", "PostgreSQL"), entry("trips-2", "No space left on device"));
        assertThat(registry.get("tideline.ingest.partitions.waiting").gauge().value()).isEqualTo(2);
    }

    @Test
    void forgetsAPartitionThatWorksAgainOrWentAway() {
        meters.waiting("trips", 1, "No space left on device");
        meters.waiting("trips", 2, "No space left on device");

        meters.working("trips", 1);
        meters.released("trips", new TopicPartition("tideline.records.trips", 2));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
