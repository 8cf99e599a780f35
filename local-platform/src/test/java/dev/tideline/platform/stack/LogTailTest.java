package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path folder;

    @Test
    void showsTheLastLines() throws IOException {
        var log = Files.writeString(folder.resolve("a.log"), "one\ntwo\n\nthree\n");

        assertThat(LogTail.last(log, 2)).isEqualTo("; see " + log + ", which ends:\n    two\n    three");
    }

    @Test
    void cutsLongLines() throws IOException {
        var log = Files.writeString(folder.resolve("a.log"), "x".repeat(1_000));

        assertThat(LogTail.last(log, 1)).endsWith("x…").hasSizeLessThan(500);
    }

    @Test
    void readsOnlyTheEndOfALargeFile() throws IOException {
        var log = Files.writeString(folder.resolve("a.log"), "early\n".repeat(100_000) + "late\n");

        assertThat(LogTail.last(log, 1)).endsWith("\n    late");
    }

    @Test
    void doesWithoutAFile() {
        var log = folder.resolve("none.log");

        assertThat(LogTail.last(log, 3)).isEqualTo("; see " + log);
    }
}
