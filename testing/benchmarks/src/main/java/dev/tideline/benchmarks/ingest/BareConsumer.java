package dev.tideline.benchmarks.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The rivals of topic to shards: one consumer that adds up lengths and does nothing else. */
enum BareConsumer {

    /** As Kafka ships it; from the beginning, since the topic is full. */
    DEFAULTS("bare KafkaConsumer", Map.of()),
    /** With what the service sets to fetch faster. */
    TUNED("KafkaConsumer, tuned", Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000));

    private final String label;
    private final Map<String, Object> settings;

    BareConsumer(String label, Map<String, Object> settings) {
        this.label = label;
        this.settings = settings;
    }

    String label() {
        return label;
    }

    /** Seconds from subscription to the last record. */
    double drain(Topic topic, int records) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrap());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, name() + "-" + topic.dataset());
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        long start = System.nanoTime();
        long seen = 0;
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.name()));
            while (seen < records) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    seen++;
                    bytes += record.value().length;
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (bytes == 0) {
                throw new IllegalStateException("bytes: 0 (expected: the bytes of " + records + " records)");
            }
            return seconds;
        }
    }
}
