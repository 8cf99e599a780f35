package dev.tideline.ingest.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
            for (Path dataset : list(folder.datasets())) {
                sweep(dataset.getFileName().toString(), list(dataset.resolve("shards")), bound);
            }
        } catch (IOException | DataAccessException | TransactionException failure) {
            log.warn("Left-over files were not looked for: {}", failure.toString());
        }
    }

    private void sweep(String dataset, List<Path> files, Instant bound) throws IOException {
        List<Path> old = new ArrayList<>();
        for (Path file : files) {
            if (olderThan(file, bound)) {
                old.add(file);
            }
        }
        for (int from = 0; from < old.size(); from += BATCH) {
            sweep(dataset, old.subList(from, Math.min(from + BATCH, old.size())));
        }
    }

    private void sweep(String dataset, List<Path> old) {
        List<String> removed = new ArrayList<>();
        shards.sweep(dataset, old.stream().map(folder::relative).toList(), left -> {
            for (String path : left) {
                if (remove(folder.resolve(path))) {
                    removed.add(path);
                }
            }
        });
        if (!removed.isEmpty()) {
            log.info("Removed {} files that belong to no shard: {}", removed.size(), removed);
        }
    }

    private static boolean remove(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException failure) {
            log.warn("File {} belongs to no shard and could not be removed: {}", file, failure.toString());
            return false;
        }
    }

    private static boolean olderThan(Path file, Instant bound) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(bound);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
