package dev.tideline.ingest.shard;

import dev.tideline.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
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

    private final Storage files;
    private final ShardFolder folder;
    private final JdbcStorage storage;
    private final TransactionTemplate transaction;
    private final RandomGenerator random;
    private volatile boolean verified;

    StorageIdentity(Storage files, ShardFolder folder, JdbcStorage storage, TransactionTemplate transaction, RandomGenerator random) {
        this.files = files;
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
     * @throws UncheckedIOException                      when the storage does not
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
                throw new ForeignStorageException(files.location(), marker == null ? "no file " + MARKER : "the id " + marker,
                        "the id " + known + ", which the database knows");
            }
        });
        verified = true;
    }

    /** The first start, or the first one that knows of ids. */
    private void tie(@Nullable String marker) {
        Optional<String> file = storage.someFile();
        try {
            if (file.isPresent() && files.find(file.get()).isEmpty()) {
                throw new ForeignStorageException(files.location(), "no file " + file.get(), "the files that the database knows");
            }
            if (file.isEmpty() && holdsShards()) {
                throw new ForeignStorageException(files.location(), "shards that the database does not know",
                        "no shards, or those of the database");
            }
            String id = file.isPresent() && marker != null ? marker : HexFormat.of().toHexDigits(random.nextLong());
            files.write(MARKER, id.getBytes(StandardCharsets.UTF_8));
            storage.insert(id);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private @Nullable String marker() {
        try {
            return files.find(MARKER).isPresent() ? new String(files.read(MARKER), StandardCharsets.UTF_8).strip() : null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean holdsShards() throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        folder.list(file -> found.set(true));
        return found.get();
    }
}
