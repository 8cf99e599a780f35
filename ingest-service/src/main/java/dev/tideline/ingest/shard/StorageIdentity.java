package dev.tideline.ingest.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ties the storage root to the database whose rows name its files: both hold the same id. Without it, a root that is not mounted, a
 * second service with another root, or another database would look like a fresh start, and the sweeper would take every file for
 * left over.
 */
@Component
final class StorageIdentity {

    static final String MARKER = ".tideline-storage";

    private final ShardFolder folder;
    private final JdbcStorage storage;
    private final TransactionTemplate transaction;
    private final RandomGenerator random;
    private volatile boolean verified;

    StorageIdentity(ShardFolder folder, JdbcStorage storage, TransactionTemplate transaction, RandomGenerator random) {
        this.folder = folder;
        this.storage = storage;
        this.transaction = transaction;
        this.random = random;
    }

    /** Whether {@link #verify} has succeeded. Before it has, no file is written and none is removed. */
    boolean verified() {
        return verified;
    }

    /**
     * @throws ForeignStorageException                   when they do not belong together
     * @throws org.springframework.dao.DataAccessException when PostgreSQL does not answer
     */
    void verify() {
        transaction.executeWithoutResult(status -> {
            // Of two instances that start for the first time, one waits here.
            storage.lock();
            String marker = marker();
            String known = storage.id().orElse(null);
            if (known == null) {
                tie(marker);
            } else if (!known.equals(marker)) {
                throw new ForeignStorageException(folder.root(), marker == null ? "no file " + MARKER : "the id " + marker,
                        "the id " + known + ", which the database knows");
            }
        });
        verified = true;
    }

    /** The first start, or the first one that knows of ids. */
    private void tie(@Nullable String marker) {
        Optional<String> file = storage.someFile();
        if (file.isPresent() && !Files.exists(folder.resolve(file.get()))) {
            throw new ForeignStorageException(folder.root(), "no file " + file.get(), "the files that the database knows");
        }
        if (file.isEmpty() && holdsShards()) {
            throw new ForeignStorageException(folder.root(), "shards that the database does not know", "no shards, or those of the database");
        }
        String id = file.isPresent() && marker != null ? marker : HexFormat.of().toHexDigits(random.nextLong());
        try {
            Files.writeString(folder.root().resolve(MARKER), id);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        storage.insert(id);
    }

    private @Nullable String marker() {
        Path file = folder.root().resolve(MARKER);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean holdsShards() {
        if (!Files.isDirectory(folder.datasets())) {
            return false;
        }
        try (Stream<Path> datasets = Files.list(folder.datasets())) {
            return datasets.map(dataset -> dataset.resolve("shards")).filter(Files::isDirectory).anyMatch(StorageIdentity::hasFiles);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean hasFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
