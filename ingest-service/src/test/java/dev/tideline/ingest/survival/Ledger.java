package dev.tideline.ingest.survival;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What was sent, and what the service or Kafka promised to keep. */
final class Ledger {

    private final long seed;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, byte[]> sent = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> poison = ConcurrentHashMap.newKeySet();

    Ledger(long seed) {
        this.seed = seed;
    }

    /** A new record, which counts as sent from now on. */
    SentRecord next() {
        SentRecord record = SentRecord.of(seed, next.getAndIncrement());
        sent.put(record.id(), record.example());
        return record;
    }

    int nextPoison() {
        return next.getAndIncrement();
    }

    void acknowledge(Collection<SentRecord> records) {
        records.forEach(record -> acknowledged.add(record.id()));
    }

    void acknowledgePoison(int n) {
        poison.add(n);
    }

    /** The bytes that a stored record must have, by id. */
    Map<String, byte[]> sent() {
        return sent;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Acknowledged records that break the schema. */
    Set<Integer> poison() {
        return poison;
    }
}
