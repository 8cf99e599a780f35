package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A broker that takes less than clients send, by its own quota, until the quota is lifted. */
@DirtiesContext
@TestPropertySource(properties = {
    "spring.kafka.client-id=slow-door", "tideline.ingest.intake.buffer=1MB", "tideline.ingest.intake.ack-timeout=30s",
    "tideline.ingest.shard.writers=0"})
class SlowBrokerIT extends ServiceTest {

    private static final int CLIENTS = 4;
    private static final int RECORDS = 10_000;
    private static final double BYTES_A_SECOND = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AfterEach
    void lift() throws Exception {
        limit(null);
    }

    @Test
    void turnsRequestsAwayWhileTheBrokerDoesNotKeepUpAndTakesThemSoonAfter() throws Exception {
        ingest.declare("slow-broker");
        limit(BYTES_A_SECOND);
        AtomicBoolean enough = new AtomicBoolean();
        List<CompletableFuture<List<Answer>>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.supplyAsync(() -> insist(client * RECORDS, enough))).toList();

        Answer refused = await().atMost(PATIENCE).until(() -> ingest.sendRecords("slow-broker", 0, 0), answer -> answer.status() != 202);
        enough.set(true);
        limit(null);
        Answer taken = await().atMost(PATIENCE).until(
                () -> ingest.send("slow-broker", IngestClient.record(1)), answer -> answer.status() != 429);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("code").asString()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(refused.body().path("detail").asString()).matches(
                "records: \\d+ bytes wait for Kafka's acknowledgement \\(expected: below 786432 before more are taken\\)");
        assertThat(Integer.parseInt(refused.raw().headers().firstValue("Retry-After").orElseThrow())).isPositive();
        assertThat(taken.status()).isEqualTo(202);
        // A request that was begun was slowed down, and not cut short.
        assertThat(clients).flatExtracting(CompletableFuture::join).filteredOn(answer -> answer.status() != 429).isNotEmpty()
                .extracting(answer -> answer.body().path("accepted").asInt()).containsOnly(RECORDS);
    }

    /** A broker applies a new quota a while after it took it, and lets the first second pass; so a client does not stop at one request. */
    private List<Answer> insist(int first, AtomicBoolean enough) {
        List<Answer> answers = new ArrayList<>();
        while (!enough.get()) {
            answers.add(ingest.sendRecords("slow-broker", first, first + RECORDS));
        }
        return answers;
    }

    private static void limit(@Nullable Double bytesPerSecond) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrap()))) {
            ClientQuotaEntity door = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "slow-door"));
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(door,
                    List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond))))).all().get();
        }
    }
}
