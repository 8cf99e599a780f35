package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.ingest.intake.JdbcRequests.Request;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A client's retry must not double records, whatever became of the first try. */
class IdempotencyKeyIT extends ServiceTest {

    private final JdbcRequests requests;
    private final TransactionPool transactions;

    IdempotencyKeyIT(JdbcRequests requests, TransactionPool transactions) {
        this.requests = requests;
        this.transactions = transactions;
    }

    @Test
    void answersARepeatedRequestWithTheFirstReport() {
        ingest.declare("key-repeat");
        String body = IngestClient.record(1) + "\n{\"id\":1}\n" + IngestClient.record(2);
        Answer first = send("key-repeat", "k1", body);
        Answer second = send("key-repeat", "k1", body);

        assertThat(first.status()).as(first.raw().body()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.raw().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(first.raw().headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(ingest.sealedRecords("key-repeat", "1")).hasSize(2);
    }

    @Test
    void takesTheSameBodyAgainUnderAnotherKey() {
        ingest.declare("key-other");
        send("key-other", "k1", IngestClient.record(1));
        send("key-other", "k2", IngestClient.record(1));

        assertThat(ingest.sealedRecords("key-other", "1")).hasSize(2);
    }

    /** A key stands for a request: what is sent under it later is not looked at. */
    @Test
    void answersAnotherBodyUnderTheSameKeyWithTheFirstReport() {
        ingest.declare("key-body");
        Answer first = send("key-body", "k1", IngestClient.record(1));
        Answer second = send("key-body", "k1", IngestClient.record(2) + "\n" + IngestClient.record(3));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.raw().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(ingest.sealedRecords("key-body", "1")).hasSize(1);
    }

    @Test
    void takesNothingOfARequestThatBreaksInTheMiddle() {
        ingest.declare("key-broken");
        Answer broken = ingest.post("/v1/datasets/key-broken/records", ("[" + IngestClient.record(1) + ",{").getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json", "Idempotency-Key", "k");
        Answer mended = send("key-broken", "k", IngestClient.record(1));

        assertThat(broken.status()).isEqualTo(400);
        assertThat(mended.status()).as(mended.raw().body()).isEqualTo(202);
        assertThat(ingest.sealedRecords("key-broken", "1")).hasSize(1);
    }

    @Test
    void takesOverFromAnAttemptThatCrashedBeforeItsCommit() {
        ingest.declare("key-crashed");
        TransactionPool.Lease crashed = transactions.borrow();
        requests.insert("key-crashed", "k", crashed.id());
        crashed.producer().beginTransaction();
        crashed.producer().send(record("key-crashed"));
        crashed.producer().flush();

        Answer retry = send("key-crashed", "k", IngestClient.record(1));

        assertThat(retry.status()).as(retry.raw().body()).isEqualTo(202);
        assertThat(requests.committing("key-crashed", "k", crashed.id(), "{}")).as("the crashed attempt may not commit").isFalse();
        crashed.producer().abortTransaction();
        transactions.giveBack(crashed);
        assertThat(ingest.sealedRecords("key-crashed", "1")).hasSize(1);
    }

    @Test
    void asksKafkaWhatBecameOfACommitWhoseAnswerWasLost() {
        ingest.declare("key-lost");
        TransactionPool.Lease lost = transactions.borrow();
        requests.insert("key-lost", "k", lost.id());
        lost.producer().beginTransaction();
        lost.producer().send(record("key-lost"));
        requests.committing("key-lost", "k", lost.id(), "{\"accepted\":1,\"rejectedCount\":0,\"rejected\":[]}");
        lost.producer().commitTransaction();
        transactions.retire(lost);

        Answer retry = send("key-lost", "k", IngestClient.record(1));

        assertThat(retry.raw().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(requests.find("key-lost", "k")).map(Request::state).hasValue(JdbcRequests.State.DONE);
        assertThat(ingest.sealedRecords("key-lost", "1")).hasSize(1);
    }

    @Test
    void asksTheClientToWaitWhileACommitIsUndecided() {
        ingest.declare("key-undecided");
        TransactionPool.Lease undecided = transactions.borrow();
        requests.insert("key-undecided", "k", undecided.id());
        undecided.producer().beginTransaction();
        undecided.producer().send(record("key-undecided"));
        undecided.producer().flush();
        requests.committing("key-undecided", "k", undecided.id(), "{}");

        Answer early = send("key-undecided", "k", IngestClient.record(1));
        undecided.producer().abortTransaction();
        transactions.giveBack(undecided);

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().path("code").asString()).isEqualTo("REQUEST_IN_PROGRESS");
        assertThat(early.body().path("detail").asString())
                .isEqualTo("Idempotency-Key: k (expected: one request with this key at a time); ask again in a few seconds");
    }

    @Test
    void takesRecordsOnceWhenManyAskAtTheSameTime() {
        ingest.declare("key-race");
        List<Integer> answers = IntStream.range(0, 6).parallel().mapToObj(i -> send("key-race", "k", IngestClient.record(1)).status()).toList();

        assertThat(answers).contains(202).containsAnyOf(202, 409);
        assertThat(send("key-race", "k", IngestClient.record(1)).status()).isEqualTo(202);
        assertThat(ingest.sealedRecords("key-race", "1")).hasSize(1);
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        ingest.declare("key-repeat");
        Answer answer = send("key-repeat", "k".repeat(201), IngestClient.record(1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString())
                .isEqualTo("Idempotency-Key: 201 characters (expected: 1 to 200, not all blank)");
    }

    private Answer send(String dataset, String key, String ndjson) {
        return ingest.post("/v1/datasets/" + dataset + "/records", ndjson.getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/x-ndjson", "Idempotency-Key", key);
    }

    private static ProducerRecord<byte[], byte[]> record(String dataset) {
        return new ProducerRecord<>("tideline.records." + dataset, IngestClient.record(1).getBytes(StandardCharsets.UTF_8));
    }
}
