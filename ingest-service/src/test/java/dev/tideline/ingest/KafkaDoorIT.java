package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The topic is a public door: anybody may write JSON or Examples to it, good or bad. */
class KafkaDoorIT extends ServiceTest {

    @Test
    void writesJsonAndExamplesFromTheTopic() {
        ingest.declare("door");
        byte[] example = Example.of(Map.of("id", Feature.text("e"), "at", Feature.longs(5_000), "x", Feature.floats(1.5f),
                "y", Feature.longs(1))).encode();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(message("door", bytes(IngestClient.record(4)), null));
            producer.send(message("door", example, RecordHeaders.EXAMPLE));
        }

        Answer sealed = ingest.seal("door", "{\"rule\":\"all\"}", "1");

        DatasetManifest manifest = ingest.manifest(sealed.body().path("manifest").asString());
        List<Example> records = new ArrayList<>(ingest.records(manifest, "train"));
        records.addAll(ingest.records(manifest, "evaluation"));
        assertThat(records).hasSize(2).anySatisfy(record -> assertThat(record.encode()).isEqualTo(example));
    }

    @Test
    void passesPoisonOnToTheRejectsWithItsReason() {
        ingest.declare("poison");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(message("poison", bytes("not json"), null));
            producer.send(message("poison", bytes("not an example"), RecordHeaders.EXAMPLE));
            producer.send(message("poison", null, null));
            producer.send(message("poison", bytes("{\"id\":\"a\",\"at\":1,\"x\":1e9,\"y\":1}"), null));
            producer.send(message("poison", bytes("{\"id\":\"nanoseconds\",\"at\":1769860800000000000,\"x\":1,\"y\":1}"), null));
            producer.send(message("poison", bytes(IngestClient.record(1)), null));
        }

        Answer sealed = ingest.seal("poison", "{\"rule\":\"all\"}", "1");

        assertThat(sealed.body().path("records").asInt()).isEqualTo(1);
        assertThat(ingest.get("/v1/datasets/poison").body().path("records").path("rejected").asInt()).isEqualTo(5);
        List<ConsumerRecord<String, byte[]>> rejects = rejects("poison");
        assertThat(rejects).extracting(reject -> header(reject, RecordHeaders.REJECT_CODE))
                .containsExactlyInAnyOrder("MALFORMED_JSON", "MALFORMED_EXAMPLE", "EMPTY_RECORD", "OUT_OF_DOMAIN", "INVALID_TIME");
        assertThat(rejects).anySatisfy(reject -> {
            assertThat(reject.value()).isEqualTo(bytes("not json"));
            assertThat(header(reject, RecordHeaders.SOURCE_TOPIC)).isEqualTo("tideline.records.poison");
            assertThat(header(reject, RecordHeaders.SOURCE_OFFSET)).matches("\\d+");
            assertThat(header(reject, RecordHeaders.REJECT_MESSAGE)).contains("(expected: a JSON object)");
        });
    }

    /** PostgreSQL's text and jsonb have no such character, and a commit that fails for ever would stop the partition. */
    @Test
    void storesTextWithTheCharacterZero() {
        ingest.declare("character-zero");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(message("character-zero", bytes("{\"id\":\"a\\u0000b\",\"at\":1,\"x\":1,\"y\":1}"), null));
        }

        assertThat(ingest.sealedRecords("character-zero", "1")).singleElement()
                .satisfies(record -> assertThat(((Feature.Bytes) record.feature("id")).text(0)).isEqualTo("a\0b"));
        assertThat(ingest.get("/v1/datasets/character-zero/versions/1/statistics").body().toString()).contains("a\\u0000b");
    }

    @Test
    void leavesOutWhatATransactionAborted() {
        ingest.declare("transactional");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "door"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(message("transactional", bytes(IngestClient.record(1)), null));
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(message("transactional", bytes(IngestClient.record(2)), null));
            producer.commitTransaction();
        }

        Answer sealed = ingest.seal("transactional", "{\"rule\":\"all\"}", "1");

        assertThat(sealed.body().path("records").asInt()).isEqualTo(1);
        assertThat(ingest.seal("transactional", "{\"rule\":\"all\"}", "2").body().path("contentHash"))
                .isEqualTo(sealed.body().path("contentHash"));
    }

    private static List<ConsumerRecord<String, byte[]>> rejects(String dataset) {
        return TopicContent.await(TestKafka.shared().bootstrap(), Topics.REJECTS, 5, reject -> reject.key().equals(dataset));
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("bootstrap.servers", TestKafka.shared().bootstrap());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> message(String dataset, byte @Nullable [] value, @Nullable String contentType) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(Topics.records(dataset), bytes("k"), value);
        if (contentType != null) {
            message.headers().add(RecordHeaders.CONTENT_TYPE, bytes(contentType));
        }
        return message;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
