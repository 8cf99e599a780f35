package dev.tideline.starter.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves one batch from the table to Kafka: rows go only after their records were acknowledged. */
final class OutboxDelivery {

    /** @param sent rows delivered; {@code more} when the batch was full; {@code failure} when a record was not acknowledged */
    record Result(int sent, boolean more, @Nullable Throwable failure) {}

    private final JdbcOutboxTable table;
    private final TransactionTemplate transaction;
    private final KafkaOperations<String, byte[]> kafka;
    private final int batch;
    private final Duration ackTimeout;

    OutboxDelivery(JdbcOutboxTable table, TransactionTemplate transaction, KafkaOperations<String, byte[]> kafka,
            int batch, Duration ackTimeout) {
        this.table = table;
        this.transaction = transaction;
        this.kafka = kafka;
        this.batch = batch;
        this.ackTimeout = ackTimeout;
    }

    /** Delivers the oldest rows, unless another instance is at it. */
    Result deliver() {
        Result result = transaction.execute(status -> table.tryRelayLock() ? send(table.oldest(batch)) : null);
        return result == null ? new Result(0, false, null) : result;
    }

    private Result send(List<OutboxEntry> entries) {
        List<Long> acknowledged = new ArrayList<>();
        Throwable failure = null;
        for (List<OutboxEntry> round : Rounds.of(entries)) {
            failure = send(round, acknowledged);
            if (failure != null) {
                break;
            }
        }
        table.delete(acknowledged);
        return new Result(acknowledged.size(), entries.size() == batch, failure);
    }

    private @Nullable Throwable send(List<OutboxEntry> round, List<Long> acknowledged) {
        Map<Long, CompletableFuture<?>> flights = new LinkedHashMap<>();
        Throwable failure = null;
        try {
            for (OutboxEntry entry : round) {
                flights.put(entry.id(), kafka.send(entry.toRecord()));
            }
        } catch (RuntimeException refused) {
            failure = refused;
        }
        long deadline = System.nanoTime() + ackTimeout.toNanos();
        for (Map.Entry<Long, CompletableFuture<?>> flight : flights.entrySet()) {
            try {
                flight.getValue().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged.add(flight.getKey());
            } catch (ExecutionException | TimeoutException lost) {
                failure = lost;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return stop;
            }
        }
        return failure;
    }
}
