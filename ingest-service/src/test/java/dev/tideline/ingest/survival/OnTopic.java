package dev.tideline.ingest.survival;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.testing.TopicContent;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** A topic as a reader of committed records sees it. */
record OnTopic(Map<Integer, Long> ends, List<ConsumerRecord<String, byte[]>> records) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static OnTopic read(String bootstrap, String topic) {
        TopicContent content = TopicContent.read(bootstrap, topic);
        return new OnTopic(content.ends(), content.records());
    }

    /** Ids of the good records of a partition in the order of their offsets. */
    List<String> ids(int partition) {
        return records.stream().filter(record -> record.partition() == partition).map(OnTopic::id).filter(id -> !id.startsWith("poison")).toList();
    }

    long poison(int partition) {
        return records.stream().filter(record -> record.partition() == partition).map(OnTopic::id).filter(id -> id.startsWith("poison")).count();
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        String type = new String(record.headers().lastHeader(RecordHeaders.CONTENT_TYPE).value(), StandardCharsets.UTF_8);
        return type.equals(RecordHeaders.EXAMPLE) ? ((Feature.Bytes) Example.decode(record.value()).feature("id")).text(0)
                : JSON.readTree(record.value()).path("id").asString();
    }
}
