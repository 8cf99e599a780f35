package dev.tideline.benchmarks.ingest;

import dev.tideline.storage.Checksums;
import dev.tideline.tfrecord.DirectIo;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that could be called a sink: consumers as Kafka ships them put what comes into TFRecord files, by the same writer as the service's, with
 * checksums and a force at the end. Nothing is checked or counted, nothing is committed, there is no group to join.
 */
final class LeastSink {

    private final int threads;
    private final Path folder;

    /** @param threads consumers, as many as the service has writers */
    LeastSink(int threads, Path folder) {
        this.threads = threads;
        this.folder = folder;
    }

    /** Seconds from the first request until everything is on the disk. */
    double drain(Topic topic, int records) throws Exception {
        Path files = Files.createDirectories(folder.resolve(topic.dataset()));
        AtomicLong missing = new AtomicLong(records);
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads); DirectIo io = new DirectIo(32, 4)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                List<TopicPartition> mine = IntStream.range(0, topic.partitions()).filter(each -> each % threads == thread)
                        .mapToObj(each -> new TopicPartition(topic.name(), each)).toList();
                all.add(pool.submit(() -> write(topic, mine, missing, files, io)));
            }
            long end = start;
            for (Future<Long> one : all) {
                end = Math.max(end, one.get());
            }
            return (end - start) / 1e9;
        }
    }

    /** When it was done; how long a consumer takes to close does not count. */
    private static long write(Topic topic, List<TopicPartition> mine, AtomicLong missing, Path folder, DirectIo io) throws IOException {
        Map<Integer, TfRecordWriter> files = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrap()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (TopicPartition partition : mine) {
                files.put(partition.partition(), TfRecordWriter.create(folder.resolve("part-" + partition.partition()),
                        Checksums.fast(), io));
            }
            consumer.assign(mine);
            consumer.seekToBeginning(mine);
            while (missing.get() > 0) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(20));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    files.get(record.partition()).write(record.value());
                }
                missing.addAndGet(-records.count());
            }
            for (TfRecordWriter file : files.values()) {
                file.force();
            }
            return System.nanoTime();
        } finally {
            for (TfRecordWriter file : files.values()) {
                file.close();
            }
        }
    }
}
