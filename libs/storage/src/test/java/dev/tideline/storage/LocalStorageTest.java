package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {

    @TempDir
    private Path folder;

    @Override
    Storage open() {
        return Storages.folder(folder.resolve("root"));
    }

    @Test
    void saysThatAMissingFolderCannotBeWritten() {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> storage.probe())
                .withMessageContaining("root: not a folder that this process can write");
    }

    @Test
    void removesDraftsThatNobodyTouchedForLong() throws IOException {
        Path old = draft("left behind");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Path young = Files.writeString(storage.draft("datasets/a/shards/young"), "growing");
        Path elsewhere = Files.writeString(storage.draft("models/m"), "not below the folder");

        int removed = storage.removeUnfinished("datasets/", Instant.now().minus(Duration.ofMinutes(15)));

        assertThat(removed).isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(elsewhere).exists();
    }

    @Test
    void makesAFileLookNew() throws IOException {
        publish(draft("records"), "a");
        Instant later = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

        storage.touch("a", later);

        assertThat(storage.find("a")).hasValueSatisfying(file -> assertThat(file.modified()).isEqualTo(later));
    }

    @Test
    void keepsItsFilesWhereTheKeySays() throws IOException {
        storage.write("models/m/1/manifest.json", new byte[] {'{', '}'});

        assertThat(folder.resolve("root/models/m/1/manifest.json")).hasContent("{}");
        assertThat(storage.remote()).isFalse();
    }
}
