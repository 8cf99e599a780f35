package dev.tideline.benchmarks.ingest;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic of a dataset, made before the dataset is declared, so that it can be filled before anybody reads it. */
record Topic(String bootstrap, String dataset, int partitions) {

    private static final int SEGMENT_BYTES = 64 << 20;
    private static final long CREATE_TIMEOUT_S = 10;
    private static final long CREATE_POLL_MS = 50;

    String name() {
        return Topics.records(dataset);
    }

    Topic create() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            // Nothing is removed while somebody may still have to read it; purge() gives the space back.
            admin.createTopics(List.of(new NewTopic(name(), partitions, (short) 1).configs(Map.of(
                    "retention.bytes", "-1", "segment.bytes", Integer.toString(SEGMENT_BYTES), "file.delete.delay.ms", "1000")))).all().get();
        }
        // A new partition may refuse the first batch and take the second, which an idempotent producer does not recover from.
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(CREATE_TIMEOUT_S);
        while (!known()) {
            if (System.nanoTime() > give) {
                throw new IllegalStateException("topic: " + name() + " (expected: the broker knows it within " + CREATE_TIMEOUT_S + " s)");
            }
            Thread.sleep(CREATE_POLL_MS);
        }
        return this;
    }

    /** The broker may hear a little late of what the controller has made. */
    private boolean known() throws ExecutionException, InterruptedException {
        try {
            ends();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * Sends records with the settings of the service's own producer.
     *
     * @param contentType value of that header; null for none
     * @return seconds until all were acknowledged
     */
    double fill(byte[][] records, int count, byte @Nullable [] contentType) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < count; i++) {
                var message = new ProducerRecord<byte[], byte[]>(name(), null, records[i % records.length]);
                if (contentType != null) {
                    message.headers().add(RecordHeaders.CONTENT_TYPE, contentType);
                }
                producer.send(message, (metadata, problem) -> {
                    if (problem != null) {
                        failure.set(problem);
                    }
                });
            }
            producer.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return seconds;
    }

    /** Removes all records. */
    void purge() throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> all = ends().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
        try (Admin admin = admin()) {
            admin.deleteRecords(all).all().get();
        }
    }

    /** Offsets behind the last records. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(name(), p))
                    .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
