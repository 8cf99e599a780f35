package dev.tideline.ingest.shard;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Removes files that a crash or a lost commit left behind: unknown to the database and untouched for longer than any writer keeps a
 * file open. Writers touch a finished file before they try to commit it. Clocks may jump and processes may stand still, so age alone
 * proves nothing: a file is removed under the lock that its commit would need, and a commit looks whether its files are there.
 */
@Component
final class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    /** Files whose removal may keep the dataset's commits waiting. */
    private static final int BATCH = 100;

    private final ShardFolder folder;
    private final JdbcShards shards;
    private final StorageIdentity storage;
    private final InstantSource clock;
    private final ShardProperties properties;

    Sweeper(ShardFolder folder, JdbcShards shards, StorageIdentity storage, InstantSource clock, ShardProperties properties) {
        this.folder = folder;
        this.shards = shards;
        this.storage = storage;
        this.clock = clock;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${tideline.ingest.shard.sweep-every:5m}")
    void sweep() {
        if (!storage.verified()) {
            return;
        }
        Instant bound = clock.instant().minus(properties.orphanAge());
        try {
            int unfinished = folder.removeUnfinished(bound);
            if (unfinished > 0) {
                log.info("Removed {} files that were begun and given up", unfinished);
            }
            Batch batch = new Batch();
            folder.list(file -> {
                if (file.modified().isBefore(bound)) {
                    batch.add(file.key());
                }
            });
            batch.sweep();
        } catch (IOException | DataAccessException | TransactionException failure) {
            log.warn("Left-over files were not looked for: {}", failure.toString());
        }
    }

    /** Old files of one dataset, to be asked about together. */
    private final class Batch {

        private final List<String> keys = new ArrayList<>();
        private String dataset = "";

        void add(String key) {
            String owner = ShardFolder.dataset(key);
            if (keys.size() == BATCH || !owner.equals(dataset)) {
                sweep();
                dataset = owner;
            }
            keys.add(key);
        }

        void sweep() {
            List<String> removed = new ArrayList<>();
            shards.sweep(dataset, keys, left -> left.stream().filter(Sweeper.this::remove).forEach(removed::add));
            keys.clear();
            if (!removed.isEmpty()) {
                log.info("Removed {} files that belong to no shard: {}", removed.size(), removed);
            }
        }
    }

    private boolean remove(String key) {
        try {
            folder.remove(key);
            return true;
        } catch (IOException failure) {
            log.warn("File {} belongs to no shard and could not be removed: {}", key, failure.toString());
            return false;
        }
    }
}
