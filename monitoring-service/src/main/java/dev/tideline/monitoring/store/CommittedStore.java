package dev.tideline.monitoring.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects by key that change with every record, written to RocksDB and its changelog when the task commits and not before: what is put is
 * in the same transaction as the offsets that it was made from. At most {@value #MAX_HELD} objects are held decoded.
 *
 * <p>Rests on the hook that Kafka Streams calls on its own caches before a commit ({@code ProcessorStateManager.flushCache}).
 */
public final class CommittedStore<V> extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]> {

    private static final Logger log = LoggerFactory.getLogger(CommittedStore.class);
    static final int MAX_HELD = 500;

    /** How an object is kept. */
    public interface Codec<V> {

        byte[] write(V value);

        /** Null when the bytes can no longer be understood; the entry is then as good as absent. */
        @Nullable V read(String key, byte[] bytes);
    }

    private final Codec<V> codec;
    private final Set<String> changed = new HashSet<>();
    private final Map<String, V> held = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            if (size() <= MAX_HELD) {
                return false;
            }
            if (changed.remove(eldest.getKey())) {
                wrapped().put(eldest.getKey(), codec.write(eldest.getValue()));
            }
            return true;
        }
    };

    private CommittedStore(KeyValueStore<String, byte[]> inner, Codec<V> codec) {
        super(inner);
        this.codec = codec;
    }

    public static <V> StoreBuilder<StateStore> builder(String name, Codec<V> codec) {
        return new Builder<>(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()), codec);
    }

    /** What {@code read} makes of an entry; null, and said aloud, when it was written in another form or on other bins. */
    public static <V> @Nullable V readable(String key, Supplier<V> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException otherForm) {
            log.warn("{}: what was counted so far is given up: {}", key, otherForm.getMessage());
            return null;
        }
    }

    public @Nullable V get(String key) {
        V value = held.get(key);
        if (value == null) {
            byte[] bytes = wrapped().get(key);
            value = bytes == null ? null : codec.read(key, bytes);
            if (value != null) {
                held.put(key, value);
            }
        }
        return value;
    }

    /** Also tells that an object which is already held has changed. */
    public void put(String key, V value) {
        changed.add(key);
        held.put(key, value);
    }

    public void remove(String key) {
        changed.remove(key);
        held.remove(key);
        wrapped().delete(key);
    }

    /** All keys, those not yet written among them. */
    public List<String> keys() {
        Set<String> keys = new HashSet<>(held.keySet());
        try (KeyValueIterator<String, byte[]> entries = wrapped().all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return new ArrayList<>(keys);
    }

    @Override
    public void flushCache() {
        write();
        super.flushCache();
    }

    @Override
    public void flush() {
        write();
        super.flush();
    }

    @Override
    public void clearCache() {
        changed.clear();
        held.clear();
        super.clearCache();
    }

    private void write() {
        for (String key : changed) {
            V value = held.get(key);
            if (value != null) {
                wrapped().put(key, codec.write(value));
            }
        }
        changed.clear();
    }

    private record Builder<V>(StoreBuilder<KeyValueStore<String, byte[]>> inner, Codec<V> codec) implements StoreBuilder<StateStore> {

        @Override
        public StateStore build() {
            return new CommittedStore<>(inner.build(), codec);
        }

        @Override
        public StoreBuilder<StateStore> withCachingEnabled() {
            throw new UnsupportedOperationException("a committed store is its own cache");
        }

        @Override
        public StoreBuilder<StateStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<StateStore> withLoggingEnabled(Map<String, String> config) {
            return new Builder<>(inner.withLoggingEnabled(config), codec);
        }

        @Override
        public StoreBuilder<StateStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("a committed store lives in its changelog");
        }

        @Override
        public Map<String, String> logConfig() {
            return inner.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return inner.loggingEnabled();
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
