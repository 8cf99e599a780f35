package dev.tideline.training.support;

import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes a topic of JSON events as an outsider. */
public final class Topic {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Topic() {}

    public static void send(String topic, String key, String value) {
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", TestKafka.shared().bootstrap()),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the topic holds an event that matches, and gives all that match so far, oldest first per key. */
    public static List<JsonNode> awaitEvents(String topic, Predicate<JsonNode> wanted) {
        return TopicContent.await(TestKafka.shared().bootstrap(), topic, 1, record -> wanted.test(JSON.readTree(record.value()))).stream()
            .map(record -> JSON.readTree(record.value())).toList();
    }
}
