package dev.tideline.starter.event;

import dev.tideline.contracts.Event;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Events that leave if, and only if, the caller's transaction commits. They reach Kafka at least once, in the order of the
 * commits per topic and key.
 */
public final class Outbox {

    private final EventRecords records;
    private final JdbcOutboxTable table;
    private final OutboxRelay relay;

    Outbox(EventRecords records, JdbcOutboxTable table, OutboxRelay relay) {
        this.records = records;
        this.table = table;
        this.relay = relay;
    }

    /**
     * Appends {@code event}. A transaction that appends several events for different keys should do so in the order of the
     * keys: each append holds the lock of its key until the commit, which is what keeps the order.
     *
     * @throws IllegalStateException without a transaction
     */
    public void append(Event event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("outbox: no transaction (expected: append within the transaction of the change)");
        }
        table.insert(records.of(event));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
    }
}
