package dev.tideline.ingest.shard;

import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.TopicWatch;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Runs the shard writers' threads for as long as the service runs. */
@Component
final class ShardWriters implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShardWriters.class);
    private static final long STOP_TIMEOUT_MS = 25_000;
    private static final int MAX_POLL_RECORDS = 2_000;
    /** The next fetch then arrives while the last one is worked on; in Kafka's own 64 KB it stops after a sixteenth of a fetch. */
    private static final int AS_THE_SYSTEM_SEES_FIT = -1;
    /**
     * How long the broker keeps a fetch that finds nothing. It stands in the way of the next one, which alone asks for a partition that was just
     * assigned or goes on after a pause; with Kafka's own 500 ms, a new dataset beside idle ones waits that long for its first records.
     */
    private static final int FETCH_WAIT_MS = 100;
    /** How long the partitions of a crashed instance lie idle. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    private record Running(ShardConsumer consumer, Thread thread) {}

    private final KafkaProperties kafka;
    private final Catalogue catalogue;
    private final TopicWatch topics;
    private final StorageIdentity storage;
    private final JdbcShards shards;
    private final WriterFactory factory;
    private final ShardProperties properties;
    private final ShardMeters meters;
    private volatile List<Running> running = List.of();

    ShardWriters(
            KafkaProperties kafka, Catalogue catalogue, TopicWatch topics, StorageIdentity storage, JdbcShards shards,
            WriterFactory factory, ShardProperties properties, ShardMeters meters) {
        this.kafka = kafka;
        this.catalogue = catalogue;
        this.topics = topics;
        this.storage = storage;
        this.shards = shards;
        this.factory = factory;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void start() {
        verifyStorage();
        running = IntStream.rangeClosed(1, properties.writers()).mapToObj(this::start).toList();
    }

    /** Ends the start when root and database do not belong together; while PostgreSQL or the storage is away, the writers ask again. */
    private void verifyStorage() {
        try {
            storage.verify();
        } catch (DataAccessException | TransactionException | UncheckedIOException unavailable) {
            log.warn("Writers wait for PostgreSQL or the storage: {}", unavailable.getMessage());
        }
    }

    private Running start(int number) {
        ShardConsumer consumer = new ShardConsumer(consumer(number), catalogue, topics, storage,
                new FlushRequests(shards, properties.flushPoll(), System::nanoTime), factory, meters, System::nanoTime, properties.retry());
        return new Running(consumer, Thread.ofPlatform().name("shard-writer-" + number).start(consumer));
    }

    @Override
    public void stop() {
        running.forEach(writer -> writer.consumer().stop());
        for (Running writer : running) {
            try {
                writer.thread().join(STOP_TIMEOUT_MS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            if (writer.thread().isAlive()) {
                log.warn("{} did not stop in time; what it had open is read again at the next start", writer.thread().getName());
            }
        }
        running = List.of();
    }

    @Override
    public boolean isRunning() {
        return !running.isEmpty();
    }

    /** Whether every thread does its work. */
    boolean healthy() {
        return running.stream().noneMatch(writer -> writer.consumer().ended());
    }

    private Consumer<byte[], byte[]> consumer(int number) {
        Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        settings.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, AS_THE_SYSTEM_SEES_FIT);
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS / 5);
        if (properties.instance() != null) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, properties.instance() + "-" + number);
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
