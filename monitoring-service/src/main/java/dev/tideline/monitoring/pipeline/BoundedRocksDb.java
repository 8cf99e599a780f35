package dev.tideline.monitoring.pipeline;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all state stores together: one block cache, whose part is lent to the write buffers. Left alone, each
 * segment of each store may take 98 MB. Made by Kafka Streams by its class name.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    static final String MEMORY = "tideline.rocksdb.memory";

    private static final long DEFAULT_MEMORY = 64L << 20;
    private static final long MEMTABLE = 2L << 20;
    private static final int MEMTABLES = 2;
    /** Lives as long as the process: stores come and go with each assignment. */
    private static volatile Shared shared;

    private record Shared(Cache cache, WriteBufferManager buffers) {}

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        Shared memory = shared(configs);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.buffers());
        options.setWriteBufferSize(MEMTABLE);
        options.setMaxWriteBufferNumber(MEMTABLES);
    }

    @Override
    public void close(String store, Options options) {
        // Cache and buffers are shared and stay.
    }

    private static Shared shared(Map<String, Object> configs) {
        Shared known = shared;
        if (known != null) {
            return known;
        }
        synchronized (BoundedRocksDb.class) {
            if (shared == null) {
                long bytes = configs.get(MEMORY) instanceof Number given ? given.longValue() : DEFAULT_MEMORY;
                Cache cache = new LRUCache(bytes);
                shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
            }
            return shared;
        }
    }
}
