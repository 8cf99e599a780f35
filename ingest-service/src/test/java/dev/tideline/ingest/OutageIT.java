package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Kafka and PostgreSQL go away under a running service and come back. */
class OutageIT extends ServiceTest {

    @Test
    void refusesRecordsWhileKafkaIsAwayAndLosesNoneThatWereAcknowledged() {
        ingest.declare("no-broker");
        assertThat(ingest.sendRecords("no-broker", 0, 100).status()).isEqualTo(202);
        TestKafka.shared().stop();
        Answer refused;
        try {
            refused = ingest.sendRecords("no-broker", 1000, 1001);
        } finally {
            TestKafka.shared().start();
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("code").asString()).isEqualTo("BROKER_UNAVAILABLE");
        assertThat(refused.body().path("detail").asString()).startsWith(
                "topic: tideline.records.no-broker (expected: every record acknowledged by Kafka within 2 s)");
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();

        await().atMost(Duration.ofSeconds(30)).until(() -> ingest.sendRecords("no-broker", 100, 200).status() == 202);
        Answer sealed = ingest.seal("no-broker", "{\"rule\":\"last\",\"records\":100000}", "1");

        assertThat(sealed.status()).as(sealed.raw().body()).isEqualTo(201);
        assertThat(sealed.body().path("records").asInt()).isBetween(200, 301);
    }

    @Test
    void takesRecordsWhilePostgresIsAwayAndCommitsThemLater() {
        ingest.declare("no-database");
        assertThat(ingest.sendRecords("no-database", 0, 100).status()).isEqualTo(202);
        TestPostgres.shared().stop();
        Answer refused;
        try {
            assertThat(ingest.sendRecords("no-database", 100, 200).status()).isEqualTo(202);
            refused = ingest.seal("no-database", "{\"rule\":\"all\"}", "1");
        } finally {
            TestPostgres.shared().start();
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("code").asString()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();

        Answer sealed = await().atMost(Duration.ofSeconds(30)).until(
                () -> ingest.seal("no-database", "{\"rule\":\"all\"}", "1"), answer -> answer.status() == 201);

        assertThat(sealed.body().path("records").asInt()).isEqualTo(200);
    }
}
