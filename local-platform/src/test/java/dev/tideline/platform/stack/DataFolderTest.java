package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path root;

    @Test
    void hasAPlaceForEverything() {
        try (var data = DataFolder.open(root.resolve("new/data"), 1)) {
            assertThat(data.storage()).isDirectory().isAbsolute();
            assertThat(data.logs()).isDirectory();
        }
    }

    @Test
    void belongsToOneLauncherAtATime() {
        try (var data = DataFolder.open(root, 1)) {
            assertThatThrownBy(() -> DataFolder.open(root, 1)).isInstanceOf(LaunchException.class)
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining(data.root().toString());
        }
    }

    @Test
    void isFreeAgainAfterTheLauncherEnds() {
        DataFolder.open(root, 1).close();

        DataFolder.open(root, 1).close();
    }

    @Test
    void refusesADiskThatIsNearlyFull() {
        assertThatThrownBy(() -> DataFolder.open(root, Long.MAX_VALUE)).isInstanceOf(LaunchException.class)
                .hasMessageContaining("MiB free on its disk (expected: at least");
    }

    @Test
    void refusesAPlaceThatIsAFile() throws IOException {
        var file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> DataFolder.open(file, 1)).isInstanceOf(LaunchException.class)
                .hasMessageContaining("(expected: a folder that can be written)");
    }

    @Test
    void keepsTheLogOfTheRunBefore() throws IOException {
        try (var data = DataFolder.open(root, 1)) {
            Files.writeString(data.newLog("ingest-service"), "first run");

            assertThat(data.newLog("ingest-service")).doesNotExist();
            assertThat(data.logs().resolve("ingest-service.1.log")).hasContent("first run");
        }
    }
}
