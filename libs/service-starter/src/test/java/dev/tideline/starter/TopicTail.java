package dev.tideline.starter;

import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic from its start, until as many records of a key are there as asked for. */
public final class TopicTail {

    private TopicTail() {}

    public static List<ConsumerRecord<String, byte[]>> read(String topic, String key, int count) {
        return TopicContent.await(TestKafka.shared().bootstrap(), topic, count, record -> key.equals(record.key()));
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
