package dev.tideline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A topic from its beginning, as a reader of committed records sees it.
 *
 * @param ends    offset behind the last record, by partition
 * @param records in the order of each partition
 */
public record TopicContent(Map<Integer, Long> ends, List<ConsumerRecord<String, byte[]>> records) {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** What is there now. */
    public static TopicContent read(String bootstrap, String topic) {
        try (var consumer = consumer(bootstrap, topic)) {
            var ends = consumer.endOffsets(consumer.assignment());
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            var byNumber = new TreeMap<Integer, Long>();
            ends.forEach((partition, end) -> byNumber.put(partition.partition(), end));
            return new TopicContent(byNumber, records);
        }
    }

    /**
     * Waits until at least {@code count} records match, and returns those; each record is tested once.
     *
     * @throws AssertionError when they are not there after a minute
     */
    public static List<ConsumerRecord<String, byte[]>> await(
            String bootstrap, String topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        try (var consumer = consumer(bootstrap, topic)) {
            var found = new ArrayList<ConsumerRecord<String, byte[]>>();
            for (long start = System.nanoTime(); found.size() < count; ) {
                if (System.nanoTime() - start > BOUND.toNanos()) {
                    throw new AssertionError(topic + ": " + found.size() + " records that match within a minute (expected: " + count + ")");
                }
                for (var record : consumer.poll(POLL)) {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                }
            }
            return found;
        }
    }

    /** A fetch that waits at the broker for more records would hold up the closing: half a second each time, unless it waits less. */
    private static KafkaConsumer<String, byte[]> consumer(String bootstrap, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.wait.ms", 10);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
