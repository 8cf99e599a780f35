package dev.tideline.ingest.shard;

import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.rejects.Rejects;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes the writers of newly assigned partitions. */
@Component
final class WriterFactory {

    private final ShardFolder folder;
    private final JdbcShards shards;
    private final Rejects rejects;
    private final ShardProperties properties;
    private final ShardMeters meters;

    WriterFactory(ShardFolder folder, JdbcShards shards, Rejects rejects, ShardProperties properties, ShardMeters meters) {
        this.folder = folder;
        this.shards = shards;
        this.rejects = rejects;
        this.properties = properties;
        this.meters = meters;
    }

    /** How long partitions that go to another instance wait for their uploads, all together. */
    Duration handOver() {
        return folder.handOver();
    }

    PartitionWriter writer(Dataset dataset, int partition) {
        return new PartitionWriter(dataset, partition, folder, shards, rejects, properties.policy(), properties.retry(), meters,
                System::nanoTime);
    }
}
