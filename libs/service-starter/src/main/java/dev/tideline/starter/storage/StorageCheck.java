package dev.tideline.starter.storage;

import dev.tideline.storage.Storage;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Proves that the storage root can be written, at start instead of in the middle of the first shard. */
final class StorageCheck {

    private StorageCheck() {}

    /** @throws UnusableStorageException when it cannot; the storage is closed then */
    static Storage checked(Storage storage) {
        String key = ".writable-" + ProcessHandle.current().pid();
        try {
            storage.write(key, new byte[0]);
            storage.delete(key);
            storage.probe();
            return storage;
        } catch (IOException | SecurityException failure) {
            storage.close();
            throw new UnusableStorageException("tideline.storage.root: " + storage.location() + " (expected: a "
                    + (storage.remote() ? "bucket" : "folder") + " that this process can write): " + why(failure), failure);
        }
    }

    private static String why(Exception failure) {
        return failure instanceof FileSystemException ? failure.toString() : String.valueOf(failure.getMessage());
    }
}
