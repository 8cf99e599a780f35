package dev.tideline.starter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.storage.Storage;
import dev.tideline.storage.Storages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class StorageCheckTest {

    @Test
    void missingFolderIsMadeAndLeftEmpty(@TempDir Path folder) {
        Path root = folder.resolve("a/b");

        StorageCheck.checked(Storages.folder(root), Duration.ZERO);

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void fileInTheWayIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UnusableStorageException.class).isThrownBy(() -> StorageCheck.checked(Storages.folder(file), Duration.ZERO))
                .withMessageStartingWith("tideline.storage.root: " + file + " (expected: a folder that this process can write): ");
    }

    @Test
    void healthFollowsTheFolder(@TempDir Path folder) throws Exception {
        Path root = folder.resolve("root");
        Storage storage = StorageCheck.checked(Storages.folder(root), Duration.ZERO);
        StorageHealth health = new StorageHealth(storage);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        Files.delete(root);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("root", root.toString()).hasEntrySatisfying("error",
                error -> assertThat(error.toString()).contains("not a folder that this process can write"));
    }
}
