package dev.tideline.monitoring.outcome;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** A store whose entries vanish after its retention; at most one entry per key is used, the oldest. */
final class AwaitedStore {

    record Entry(byte[] value, long time) {}

    /** At a time, so that a flood of them does not hold up the labels behind. */
    private static final int MOST = 10_000;

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

    /** Removes entries of {@code time} and before, at most {@value #MOST} of them, and tells of each. */
    void removeUntil(long time, Runnable removed) {
        List<Windowed<String>> old = new ArrayList<>();
        try (KeyValueIterator<Windowed<String>, byte[]> entries = store.fetchAll(0, time)) {
            while (entries.hasNext() && old.size() < MOST) {
                old.add(entries.next().key);
            }
        }
        for (Windowed<String> entry : old) {
            store.put(entry.key(), null, entry.window().start());
            removed.run();
        }
    }

    void remove(String key, long time) {
        store.put(key, null, time);
    }
}
