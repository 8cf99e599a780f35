package dev.tideline.ingest.shard;

import dev.tideline.ingest.dataset.Dataset;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that one member of the group holds, with a writer each. Used by the member's thread, rebalances included. */
final class HeldPartitions implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(HeldPartitions.class);

    private final Consumer<byte[], byte[]> consumer;
    private final WriterFactory factory;
    private final ShardMeters meters;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, PartitionWriter> writers = new HashMap<>();
    /** By topic. */
    private Map<String, Dataset> datasets = Map.of();

    HeldPartitions(Consumer<byte[], byte[]> consumer, WriterFactory factory, ShardMeters meters, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.factory = factory;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Datasets as they are from now on; those that were known stay known. */
    void use(Map<String, Dataset> newDatasets) {
        datasets = newDatasets;
        writers.forEach((partition, writer) -> writer.use(dataset(partition)));
    }

    Dataset dataset(TopicPartition partition) {
        return datasets.get(partition.topic());
    }

    Set<TopicPartition> partitions() {
        return writers.keySet();
    }

    PartitionWriter writer(TopicPartition partition) {
        PartitionWriter writer = writers.get(partition);
        if (writer == null) {
            throw new IllegalStateException("no writer for " + partition);
        }
        return writer;
    }

    /** What is wrong with one partition is no reason to stop the others. Its records are read again, so none is skipped. */
    void guard(TopicPartition partition, java.util.function.Consumer<PartitionWriter> work) {
        PartitionWriter writer = writer(partition);
        try {
            work.accept(writer);
        } catch (WakeupException | InterruptException stopping) {
            throw stopping;
        } catch (RuntimeException fault) {
            log.error("Writing {} failed", partition, fault);
            writer.abandon("a fault of the service: " + fault);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            writers.put(partition, factory.writer(dataset(partition), partition.partition()));
            // Where to start is in the database, which may be away: until it answers, the partition stays paused.
            consumer.seek(partition, 0);
        }
        consumer.pause(partitions);
        log.info("Writing shards of {}", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        handOver(held(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        log.warn("Lost {} to another writer", partitions);
        held(partitions).forEach(partition -> remove(partition).drop());
    }

    /** Closing the consumer takes partitions away that the end of the loop has handed over already. */
    private List<TopicPartition> held(Collection<TopicPartition> partitions) {
        return partitions.stream().filter(writers::containsKey).toList();
    }

    /** Gives all up without a commit. */
    void drop() {
        Set.copyOf(writers.keySet()).forEach(partition -> remove(partition).drop());
    }

    /** Gives all up, after a commit of what there is. */
    void handOver() {
        handOver(Set.copyOf(writers.keySet()));
    }

    private void handOver(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWriter writer = writer(partition);
            writer.close(writer.blocked() ? writer.resumeAt() : consumer.position(partition));
        }
        long end = nanoTime.getAsLong() + factory.handOver().toNanos();
        for (TopicPartition partition : partitions) {
            remove(partition).handOver(Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())));
        }
    }

    private PartitionWriter remove(TopicPartition partition) {
        PartitionWriter writer = writer(partition);
        meters.released(dataset(partition).name(), partition);
        writers.remove(partition);
        return writer;
    }
}
