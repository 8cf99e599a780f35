package dev.tideline.monitoring.outcome;

import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** A store whose entries vanish after its retention; at most one entry per key is used, the oldest. */
final class AwaitedStore {

    record Entry(byte[] value, long time) {}

    private final WindowStore<String, byte[]> store;

    AwaitedStore(WindowStore<String, byte[]> store) {
        this.store = store;
    }

    @Nullable Entry get(String key) {
        try (WindowStoreIterator<byte[]> entries = store.fetch(key, 0, Long.MAX_VALUE)) {
            if (!entries.hasNext()) {
                return null;
            }
            var entry = entries.next();
            return new Entry(entry.value, entry.key);
        }
    }

    void put(String key, byte[] value, long time) {
        store.put(key, value, time);
    }

    void remove(String key, long time) {
        store.put(key, null, time);
    }
}
