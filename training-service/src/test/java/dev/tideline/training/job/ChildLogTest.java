package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildLogTest {

    @TempDir
    Path folder;

    @Test
    void thereIsNothingBeforeTheFirstLine() throws IOException {
        assertThat(new ChildLog(folder).tail(100)).isEmpty();
    }

    @Test
    void theTailBeginsWithAWholeLine() throws IOException {
        var log = new ChildLog(folder);
        Files.writeString(log.file(), "first line\nsecond line\nthird line\n");

        assertThat(log.tail(1_000)).isEqualTo("first line\nsecond line\nthird line\n");
        assertThat(log.tail(15)).isEqualTo("third line\n");
    }

    @Test
    void aSmallLogIsLeftAlone() throws IOException {
        var log = new ChildLog(folder);
        Files.writeString(log.file(), "a line\n");

        log.trim(7);

        assertThat(log.tail(100)).isEqualTo("a line\n");
    }

    @Test
    void aLargeLogKeepsItsNewerHalfAndGoesOn() throws IOException {
        var log = new ChildLog(folder);
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(log.file(), "line %04d\n".formatted(i), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        try (var writer = Files.newBufferedWriter(log.file(), StandardOpenOption.APPEND)) {
            log.trim(2_000);
            writer.write("written after the cut\n");
        }

        assertThat(Files.size(log.file())).isLessThan(1_100);
        assertThat(log.tail(10_000)).startsWith("… older lines were cut off\nline 0901\n").endsWith("line 0999\nwritten after the cut\n");
    }
}
