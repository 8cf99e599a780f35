package dev.tideline.starter.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the storage root and proves that it can be written, at start instead of in the middle of the first shard. */
final class StorageCheck {

    StorageCheck(Path root) {
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, ".writable", null));
        } catch (IOException | SecurityException failure) {
            throw new UnusableStorageException(root, failure.toString(), failure);
        }
    }
}
