package dev.tideline.starter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {

    @Test
    void missingFolderIsMadeAndLeftEmpty(@TempDir Path folder) throws Exception {
        Path root = folder.resolve("a/b");

        new StorageCheck(root);

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void fileInTheWayIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UnusableStorageException.class).isThrownBy(() -> new StorageCheck(file))
                .withMessageStartingWith("tideline.storage.root: " + file);
    }

    @Test
    void relativeRootBecomesAbsolute() {
        assertThat(new StorageProperties(Path.of("x/../y")).root())
                .isEqualTo(Path.of("").toAbsolutePath().resolve("y"));
    }
}
