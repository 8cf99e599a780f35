package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody deletes a dataset's topic, and makes it anew. */
class TopicWatchIT extends ServiceTest {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String TOPIC = "tideline.records.remade";

    private final JdbcClient jdbc;

    TopicWatchIT(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Test
    void saysThatATopicWasMadeAnewInsteadOfSkippingItsRecords() throws Exception {
        ingest.declare("remade");
        assertThat(ingest.sendRecords("remade", 0, 50).status()).isEqualTo(202);
        assertThat(ingest.seal("remade", "{\"rule\":\"all\"}", "before").status()).isEqualTo(201);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrap()))) {
            admin.deleteTopics(List.of(TOPIC)).all().get(20, TimeUnit.SECONDS);
            await().atMost(LONG).until(() -> detail().contains("topic: " + TOPIC + " is gone (expected: a topic with the id "));

            await().atMost(LONG).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(3), Optional.empty()))).all().get(20, TimeUnit.SECONDS);
                return true;
            });
        }
        // More records than were stored: the old offsets lie within the new topic.
        produce(300);

        await().atMost(LONG).until(() -> detail().contains("topic: " + TOPIC + " has the id "));
        assertThat(detail()).contains("(expected: ", ", as when its first records were stored)", "declare a dataset of another name");
        Answer refused = ingest.sendRecords("remade", 50, 60);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("code").asString()).isEqualTo("TOPIC_REPLACED");
        assertThat(refused.body().path("detail").asString()).isEqualTo(detail());
        assertThat(ingest.seal("remade", "{\"rule\":\"all\"}", "after").body().path("code").asString()).isEqualTo("TOPIC_REPLACED");
        assertThat(ingest.get("/v1/datasets/remade").body().path("records").path("committed").asInt()).isEqualTo(50);
        assertThat(ingest.get("/v1/datasets/remade/versions/1").status()).isEqualTo(200);
        assertThat(ingest.get("/actuator/health/readiness").status()).as("other datasets go on").isEqualTo(200);

        // For the tests that share this service.
        jdbc.sql("update dataset set topic_id = null where name = 'remade'").update();
        await().atMost(LONG).until(() -> detail().isEmpty());
    }

    @Test
    void acceptsANewTopicWhileNothingWasStoredFromTheOldOne() throws Exception {
        ingest.declare("unused");
        await().atMost(LONG).until(() -> topicId("unused").isPresent());
        jdbc.sql("update dataset set topic_id = 'another' where name = 'unused'").update();

        await().atMost(LONG).until(() -> !topicId("unused").equals(Optional.of("another")));

        assertThat(ingest.sendRecords("unused", 0, 10).status()).isEqualTo(202);
    }

    private Optional<String> topicId(String dataset) {
        return jdbc.sql("select topic_id from dataset where name = ? and topic_id is not null").param(dataset).query(String.class).optional();
    }

    /** Empty while all is well. */
    private String detail() {
        return ingest.get("/actuator/health").body().path("components").path("datasetTopics").path("details").path("remade").asString("");
    }

    private static void produce(int records) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestKafka.shared().bootstrap());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < records; n++) {
                producer.send(new ProducerRecord<>(TOPIC, IngestClient.record(1_000 + n).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
