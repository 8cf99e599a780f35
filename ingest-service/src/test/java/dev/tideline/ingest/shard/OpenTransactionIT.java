package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.TopicWatch;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** A producer that was killed in a transaction leaves it open: readers see nothing behind it, also not what others had acknowledged. */
class OpenTransactionIT extends ServiceTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final JdbcShards shards;
    private final TopicWatch topics;
    private final Catalogue catalogue;
    private final Admin admin;
    private final JsonMapper json;

    OpenTransactionIT(JdbcShards shards, TopicWatch topics, Catalogue catalogue, Admin admin, JsonMapper json) {
        this.shards = shards;
        this.topics = topics;
        this.catalogue = catalogue;
        this.admin = admin;
        this.json = json;
    }

    @Test
    void sealWaitsForRecordsThatWereAcknowledgedBehindIt() throws Exception {
        ingest.declare("behind-open");
        try (KafkaProducer<byte[], byte[]> producer = openInFrontOf("behind-open")) {
            assertThat(ingest.sendRecords("behind-open", 0, 30).status()).isEqualTo(202);
            CompletableFuture<Answer> sealing = CompletableFuture.supplyAsync(() -> ingest.seal("behind-open", "{\"rule\":\"all\"}", "1"));
            await().atMost(LONG).until(() -> shards.flushRequests().containsKey("behind-open"));

            producer.abortTransaction();

            Answer sealed = sealing.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
            assertThat(sealed.body().path("records").asInt()).isEqualTo(30);
        }
    }

    @Test
    void flushFailsAndNamesTheTransactionThatDoesNotEnd() {
        ingest.declare("hanging");
        try (KafkaProducer<byte[], byte[]> producer = openInFrontOf("hanging")) {
            assertThat(ingest.sendRecords("hanging", 0, 30).status()).isEqualTo(202);

            assertThatThrownBy(() -> impatient().flush(catalogue.get("hanging"))).isInstanceOfSatisfying(TidelineException.class, failure -> {
                assertThat(failure.code()).isEqualTo(ShardError.NOT_FLUSHED);
                assertThat(failure).hasMessageStartingWith("dataset: hanging has ").hasMessageContaining(
                        "; tideline.records.hanging-0: transaction open-hanging is open since offset 0 (expected: committed or aborted; the"
                                + " broker aborts it after its transaction.timeout.ms)");
            });

            producer.commitTransaction();
        }
        Answer sealed = ingest.seal("hanging", "{\"rule\":\"all\"}", "1");
        assertThat(sealed.body().path("records").asInt()).as(sealed.raw().body()).isEqualTo(30 + catalogue.get("hanging").partitions());
    }

    private Shards impatient() {
        ShardProperties properties = new ShardProperties(0, "none", null, DataSize.ofMegabytes(1), 1, LONG, LONG, Duration.ofSeconds(1), LONG,
                LONG, LONG);
        return new Shards(shards, topics, new TopicEnds(admin, properties), json, properties);
    }

    /** @return a producer in a transaction with the first record of each partition */
    private KafkaProducer<byte[], byte[]> openInFrontOf(String dataset) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", TestKafka.shared().bootstrap(),
                "transactional.id", "open-" + dataset), new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (int partition = 0; partition < catalogue.get(dataset).partitions(); partition++) {
            producer.send(new ProducerRecord<>(Topics.records(dataset), partition, null,
                    IngestClient.record(1_000 + partition).getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
        return producer;
    }
}
