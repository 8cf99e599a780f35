package dev.tideline.ingest.shard;

import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.TopicWatch;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One member of the consumer group: reads the topics of all datasets and hands each partition's records to its writer. Everything
 * here happens in one thread, rebalances included.
 */
final class ShardConsumer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ShardConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** While partitions may come that have to be started: a poll without records lasts its whole time, whatever it has been given meanwhile. */
    private static final Duration START_POLL = Duration.ofMillis(5);
    private static final Duration START = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Catalogue catalogue;
    private final TopicWatch topics;
    private final StorageIdentity storage;
    private final FlushRequests flushes;
    private final ShardMeters meters;
    private final LongSupplier nanoTime;
    private final Duration retry;
    private final HeldPartitions held;

    private Map<String, Dataset> datasets = Map.of();
    private long subscribed;
    private volatile boolean running = true;
    private volatile boolean ended;

    ShardConsumer(
            Consumer<byte[], byte[]> consumer, Catalogue catalogue, TopicWatch topics, StorageIdentity storage, FlushRequests flushes,
            WriterFactory factory, ShardMeters meters, LongSupplier nanoTime, Duration retry) {
        this.consumer = consumer;
        this.catalogue = catalogue;
        this.topics = topics;
        this.storage = storage;
        this.flushes = flushes;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.subscribed = nanoTime.getAsLong();
        this.retry = retry;
        this.held = new HeldPartitions(consumer, factory, meters, nanoTime);
    }

    @Override
    public void run() {
        try (consumer) {
            while (running) {
                try {
                    stepOrRelocate();
                } catch (WakeupException stopping) {
                    // Seen by the loop's condition.
                } catch (FencedInstanceIdException replaced) {
                    log.error("Another process has the instance name of this one: this writer ends (expected: a name per instance in"
                            + " tideline.ingest.shard.instance)");
                    held.drop();
                    throw replaced;
                } catch (KafkaException failure) {
                    log.warn("Reading from Kafka failed, trying again in {}: {}", retry, failure.toString());
                    pause();
                }
            }
            held.handOver();
        } catch (Throwable fault) {
            log.error("A shard writer ended", fault);
            throw fault;
        } finally {
            ended = true;
        }
    }

    /** Ends the loop; open shards are committed first. */
    void stop() {
        running = false;
        consumer.wakeup();
    }

    boolean ended() {
        return ended;
    }

    /** Belongs to the thread of this member as long as it runs. */
    HeldPartitions held() {
        return held;
    }

    private void stepOrRelocate() {
        try {
            step();
        } catch (OffsetOutOfRangeException outside) {
            relocate(outside);
        }
    }

    private void step() {
        if (!belongs()) {
            pause();
            return;
        }
        subscribe();
        if (datasets.isEmpty()) {
            pause();
            return;
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(nanoTime.getAsLong() - subscribed < START.toNanos() ? START_POLL : POLL);
        for (TopicPartition partition : records.partitions()) {
            held.guard(partition, writer -> write(writer, records.records(partition)));
        }
        Map<TopicPartition, Long> awaited = flushes.current();
        Map<String, Optional<String>> obstacles = new HashMap<>();
        for (TopicPartition partition : held.partitions()) {
            held.guard(partition, writer -> maintain(partition, writer, awaited.getOrDefault(partition, -1L), obstacles));
        }
    }

    /** Whether the files of this root are those that the database knows; fails when they are not. */
    private boolean belongs() {
        if (!storage.verified()) {
            try {
                storage.verify();
            } catch (DataAccessException | TransactionException | UncheckedIOException unavailable) {
                return false;
            }
        }
        return true;
    }

    private void subscribe() {
        Map<String, Dataset> known = catalogue.known().stream().collect(Collectors.toMap(Dataset::topic, dataset -> dataset));
        if (known.equals(datasets)) {
            return;
        }
        boolean topicsChanged = !known.keySet().equals(datasets.keySet());
        datasets = known;
        held.use(known);
        if (topicsChanged) {
            consumer.subscribe(known.keySet(), held);
            subscribed = nanoTime.getAsLong();
        }
    }

    private static void write(PartitionWriter writer, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            writer.write(record);
            if (writer.blocked()) {
                return;
            }
        }
    }

    /** @param obstacles what was found out in this round, by dataset: partitions that start together ask once */
    private void maintain(TopicPartition partition, PartitionWriter writer, long flushTo, Map<String, Optional<String>> obstacles) {
        long before = writer.committed();
        boolean paused = consumer.paused().contains(partition);
        if (writer.blocked()) {
            if (!paused) {
                consumer.pause(Set.of(partition));
            }
            revive(partition, writer, obstacles);
            if (writer.blocked()) {
                return;
            }
            paused = true;
        }
        if (paused) {
            consumer.seek(partition, writer.resumeAt());
            consumer.resume(Set.of(partition));
        }
        writer.maintain(consumer.position(partition), flushTo);
        if (writer.committed() > before && before >= 0) {
            consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(writer.committed())), (offsets, ignored) -> { });
        }
        OptionalLong lag = consumer.currentLag(partition);
        lag.ifPresent(records -> meters.lag(held.dataset(partition).name(), partition, records));
    }

    /** A writer that starts, or starts over, asks first whether its offsets belong to this topic. */
    private void revive(TopicPartition partition, PartitionWriter writer, Map<String, Optional<String>> obstacles) {
        if (writer.committed() < 0 && writer.due()) {
            Dataset dataset = held.dataset(partition);
            Optional<String> obstacle = obstacles.computeIfAbsent(dataset.name(), name -> Optional.ofNullable(obstacle(dataset)));
            if (obstacle.isPresent()) {
                writer.waits(obstacle.get());
                return;
            }
        }
        writer.revive();
    }

    private @Nullable String obstacle(Dataset dataset) {
        try {
            return topics.obstacle(dataset);
        } catch (DataAccessException | TransactionException unavailable) {
            return "PostgreSQL does not tell which topic is the dataset's: " + unavailable.getMessage();
        }
    }

    /** The offset in the database is not on the topic: retention took records away, or the topic was made anew. */
    private void relocate(OffsetOutOfRangeException outside) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(outside.partitions());
        outside.offsetOutOfRangePartitions().forEach((partition, offset) -> {
            long beginning = beginnings.get(partition);
            if (offset < beginning) {
                meters.lost(held.dataset(partition).name(), beginning - offset);
                log.error("Records {} to {} of {} were removed by the topic's retention before they were written", offset, beginning - 1, partition);
                consumer.seek(partition, beginning);
            } else {
                held.writer(partition).abandon("offset: " + offset + " is committed but not on the topic (expected: a topic that was"
                        + " never made anew and lost no records); bring its records back, or declare a dataset of another name");
                consumer.seek(partition, beginning);
                consumer.pause(Set.of(partition));
            }
        });
    }

    private void pause() {
        try {
            Thread.sleep(retry);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
