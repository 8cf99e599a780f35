package dev.tideline.platform.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted without being asked must be the demo's own. */
class DemoFolderTest {

    @TempDir
    private Path root;

    private Path folder;
    private Path kept;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(root.resolve("demo"));
        kept = Files.writeString(Files.createDirectories(folder.resolve("storage/models")).resolve("weights"), "precious");
    }

    @Test
    void aFolderOfAnEarlierDemoIsEmptied() throws IOException {
        Files.createFile(folder.resolve("tideline.lock"));

        DemoFolder.empty(folder);

        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderThatNoDemoMadeIsLeftAlone() {
        DemoFolder.empty(folder);

        assertThat(kept).hasContent("precious");
    }

    @Test
    void aFolderThatADemoRunsOnIsLeftAlone() throws IOException {
        var file = Files.createFile(folder.resolve("tideline.lock"));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE); var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            DemoFolder.empty(folder);
        }

        assertThat(kept).hasContent("precious");
    }

    @Test
    void whatALinkInItLeadsToIsLeftAlone() throws IOException {
        Files.createFile(folder.resolve("tideline.lock"));
        var elsewhere = Files.writeString(Files.createDirectories(root.resolve("elsewhere")).resolve("file"), "precious");
        Files.createSymbolicLink(folder.resolve("link"), root.resolve("elsewhere"));

        DemoFolder.empty(folder);

        assertThat(folder).doesNotExist();
        assertThat(elsewhere).hasContent("precious");
    }

    @Test
    void noFolderIsNothingToEmpty() {
        DemoFolder.empty(root.resolve("none"));

        assertThat(root.resolve("none")).doesNotExist();
    }
}
