package dev.tideline.ingest.survival;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** A topic as a reader of committed records sees it. */
record OnTopic(Map<Integer, Long> ends, List<ConsumerRecord<byte[], byte[]>> records) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static OnTopic read(String bootstrap, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            Map<Integer, Long> byNumber = new TreeMap<>();
            ends.forEach((partition, end) -> byNumber.put(partition.partition(), end));
            return new OnTopic(byNumber, records);
        }
    }

    /** Ids of the good records of a partition in the order of their offsets. */
    List<String> ids(int partition) {
        return records.stream().filter(record -> record.partition() == partition).map(OnTopic::id).filter(id -> !id.startsWith("poison")).toList();
    }

    long poison(int partition) {
        return records.stream().filter(record -> record.partition() == partition).map(OnTopic::id).filter(id -> id.startsWith("poison")).count();
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        String type = new String(record.headers().lastHeader(RecordHeaders.CONTENT_TYPE).value(), StandardCharsets.UTF_8);
        return type.equals(RecordHeaders.EXAMPLE) ? ((Feature.Bytes) Example.decode(record.value()).feature("id")).text(0)
                : JSON.readTree(record.value()).path("id").asString();
    }
}
