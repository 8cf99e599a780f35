package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.FileSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageReportTest {

    @TempDir
    Path folder;

    @Test
    void soundFilesHaveNoDamage() throws IOException {
        assertThat(DamageReport.of(List.of(file("a"), file("b")))).isEmpty();
    }

    @Test
    void theDamagedFileIsNamed() throws IOException {
        var sound = file("a");
        var damaged = file("b");
        var bytes = Files.readAllBytes(damaged.file());
        bytes[30] ^= 1;
        Files.write(damaged.file(), bytes);

        assertThat(DamageReport.of(List.of(sound, damaged)).orElseThrow()).contains("b.tfrecord");
    }

    @Test
    void aFileCutShortIsDamaged() throws IOException {
        var damaged = file("c");
        Files.write(damaged.file(), java.util.Arrays.copyOf(Files.readAllBytes(damaged.file()), 40));

        assertThat(DamageReport.of(List.of(damaged))).isPresent();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(DamageReport.of(List.of(new FileSlice(folder.resolve("gone.tfrecord"), 0, 1))).orElseThrow()).contains("gone.tfrecord");
    }

    private FileSlice file(String name) throws IOException {
        var path = folder.resolve(name + ".tfrecord");
        try (var writer = TfRecordWriter.create(path)) {
            writer.write(new byte[20]);
            writer.write(new byte[30]);
        }
        return new FileSlice(path, 0, 2);
    }
}
