package dev.tideline.starter.storage;

import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Proves that the storage root can be written, at start instead of in the middle of the first shard. */
final class StorageCheck {

    private static final Logger log = LoggerFactory.getLogger(StorageCheck.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private StorageCheck() {}

    /**
     * @param patience how long a server that does not answer is waited for; one that refuses is not
     * @throws UnusableStorageException when it cannot; the storage is closed then
     */
    static Storage checked(Storage storage, Duration patience) {
        try {
            return waiting(storage, patience).execute(() -> proven(storage));
        } catch (RetryException givenUp) {
            Throwable failure = givenUp.getLastException();
            storage.close();
            throw new UnusableStorageException("tideline.storage.root: " + storage.location() + " (expected: a "
                    + (storage.remote() ? "bucket" : "folder") + " that this process can write): " + why(failure), failure);
        }
    }

    private static Storage proven(Storage storage) throws IOException {
        String key = ".writable-" + ProcessHandle.current().pid();
        storage.write(key, new byte[0]);
        storage.delete(key);
        storage.probe();
        return storage;
    }

    private static RetryTemplate waiting(Storage storage, Duration patience) {
        // To the policy, a time limit of zero is none.
        return new RetryTemplate(RetryPolicy.builder().maxRetries(patience.isZero() ? 0 : Long.MAX_VALUE).delay(PAUSE).timeout(patience)
                .predicate(failure -> passes(storage, failure)).build());
    }

    private static boolean passes(Storage storage, Throwable failure) {
        boolean passing = failure instanceof StorageUnavailableException unavailable && unavailable.passing();
        if (passing) {
            log.warn("Waiting for the storage {}: {}", storage.location(), failure.getMessage());
        }
        return passing;
    }

    private static String why(Throwable failure) {
        return failure instanceof FileSystemException ? failure.toString() : String.valueOf(failure.getMessage());
    }
}
