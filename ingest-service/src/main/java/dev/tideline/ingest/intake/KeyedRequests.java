package dev.tideline.ingest.intake;

import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.intake.JdbcRequests.Request;
import dev.tideline.ingest.intake.TransactionPool.Lease;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests with an Idempotency-Key take effect once, whoever crashes when. The records of an attempt are one Kafka transaction; which
 * attempt may commit is decided in the database before it does; what became of a commit whose answer was lost, Kafka tells.
 */
@Component
final class KeyedRequests {

    /** Reads a request and publishes its records. */
    interface Attempt {
        IntakeReport run(RecordPublisher.Batch batch) throws IOException;
    }

    /** @param replayed true when an earlier request had this key, and its report is given again */
    record Answer(IntakeReport report, boolean replayed) {}

    private final JdbcRequests requests;
    private final TransactionPool transactions;
    private final RecordPublisher publisher;
    private final Admin admin;
    private final JsonMapper json;
    private final IntakeProperties properties;
    private final InstantSource clock;

    KeyedRequests(
            JdbcRequests requests, TransactionPool transactions, RecordPublisher publisher, Admin admin, JsonMapper json,
            IntakeProperties properties, InstantSource clock) {
        this.requests = requests;
        this.transactions = transactions;
        this.publisher = publisher;
        this.admin = admin;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    Answer run(Dataset dataset, String key, Attempt attempt) throws IOException {
        Request earlier = requests.find(dataset.name(), key).orElse(null);
        if (earlier != null && tookEffect(dataset, key, earlier)) {
            return new Answer(json.readValue(earlier.report(), IntakeReport.class), true);
        }
        Lease lease = transactions.borrow();
        boolean settled = false;
        try {
            boolean mine = earlier == null ? requests.insert(dataset.name(), key, lease.id())
                    : requests.takeOver(dataset.name(), key, earlier, lease.id());
            if (!mine) {
                settled = true;
                throw inProgress(key);
            }
            lease.producer().beginTransaction();
            IntakeReport report = publish(dataset, lease, attempt);
            if (!requests.committing(dataset.name(), key, lease.id(), json.writeValueAsString(report))) {
                lease.producer().abortTransaction();
                settled = true;
                throw inProgress(key);
            }
            commit(dataset, lease);
            requests.done(dataset.name(), key, lease.id());
            settled = true;
            return new Answer(report, false);
        } finally {
            if (settled) {
                transactions.giveBack(lease);
            } else {
                transactions.retire(lease);
            }
        }
    }

    private IntakeReport publish(Dataset dataset, Lease lease, Attempt attempt) throws IOException {
        try {
            return attempt.run(publisher.batch(dataset, lease.producer()));
        } catch (IOException | RuntimeException failure) {
            try {
                lease.producer().abortTransaction();
            } catch (KafkaException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    private void commit(Dataset dataset, Lease lease) {
        try {
            lease.producer().commitTransaction();
        } catch (KafkaException unknown) {
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE, "topic: " + dataset.topic()
                    + " (expected: Kafka commits the request's records);"
                    + " ask again with the same Idempotency-Key to learn what became of it", unknown);
        }
    }

    /** Whether the records of an earlier attempt are on the topic; false when they never will be. */
    private boolean tookEffect(Dataset dataset, String key, Request earlier) {
        return switch (earlier.state()) {
            case DONE -> true;
            case OPEN -> false;
            case COMMITTING -> switch (outcome(earlier.transaction())) {
                case COMPLETE_COMMIT, PREPARE_COMMIT -> {
                    requests.done(dataset.name(), key, earlier.transaction());
                    yield true;
                }
                case ONGOING, PREPARE_ABORT, PREPARE_EPOCH_FENCE, UNKNOWN -> throw inProgress(key);
                case EMPTY, COMPLETE_ABORT -> false;
            };
        };
    }

    private TransactionState outcome(String transaction) {
        try {
            return admin.describeTransactions(List.of(transaction)).description(transaction)
                    .get(properties.ackTimeout().toMillis(), TimeUnit.MILLISECONDS).state();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TransactionalIdNotFoundException) {
                return TransactionState.EMPTY;
            }
            throw unknown(transaction, failure);
        } catch (TimeoutException timeout) {
            throw unknown(transaction, timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
    }

    private static TidelineException unknown(String transaction, Exception cause) {
        return new TidelineException(CommonError.BROKER_UNAVAILABLE,
                "transaction: " + transaction + " (expected: Kafka knows its state)", cause);
    }

    private static TidelineException inProgress(String key) {
        return new TidelineException(IntakeError.REQUEST_IN_PROGRESS,
                "Idempotency-Key: " + key + " (expected: one request with this key at a time); ask again in a few seconds");
    }

    /** Kafka forgets a transactional id after seven days, so keys are forgotten before that. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void forget() {
        requests.forget(clock.instant().minus(properties.keyLife()));
    }
}
