package dev.tideline.inference.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.configuration.VersionSelection;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The storage is a folder here; {@code S3BasePathIT} has a server. */
class BucketFoldersTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);
    private static final StorageRoot.Bucket ADDRESS = new StorageRoot.Bucket("bucket", "models/m/");

    @TempDir
    Path storage;

    @TempDir
    Path copies;

    private BucketFolders folders() {
        return new BucketFolders(parent -> Storages.folder(storage.resolve(parent.prefix())), copies, Duration.ofSeconds(2), new Clock(NOW));
    }

    private void put(String path, String content, Instant modified) throws IOException {
        Path file = storage.resolve("models/m").resolve(path);
        Files.createDirectories(file.getParent());
        Files.setLastModifiedTime(Files.writeString(file, content), FileTime.from(modified));
    }

    private void export(String version, String graph) throws IOException {
        put(version + "/saved_model.pb", graph, LONG_AGO);
        put(version + "/variables/variables.index", "index", LONG_AGO);
        put(version + "/variables/variables.data-00000-of-00001", "data", LONG_AGO);
    }

    private Stream<String> here() throws IOException {
        try (Stream<Path> versions = Files.list(copies.resolve("bucket/models/m"))) {
            return versions.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    private String graph(String version) throws IOException {
        return Files.readString(copies.resolve("bucket/models/m").resolve(version).resolve("saved_model.pb"));
    }

    @Test
    void latestWholeVersionIsCopiedWithAllItsFiles() throws IOException {
        export("1", "one");
        export("0002", "two");
        put("3/variables/variables.index", "half", LONG_AGO);
        put("4/saved_model.pb", "still being written", NOW);

        folders().look(ADDRESS, VersionSelection.LATEST);

        assertThat(here()).containsExactly("2");
        assertThat(graph("2")).isEqualTo("two");
        assertThat(copies.resolve("bucket/models/m/2/variables/variables.data-00000-of-00001")).hasContent("data");
    }

    @Test
    void formerVersionStaysToFallBackToAndOlderOnesGo() throws IOException {
        for (String version : new String[] {"1", "2", "3"}) {
            export(version, version);
            folders().look(ADDRESS, VersionSelection.LATEST);
        }

        assertThat(here()).containsExactly("2", "3");
    }

    @Test
    void versionThatWasRepairedIsCopiedAgainAndOneThatIsGoneGoes() throws IOException {
        export("1", "broken");
        export("2", "two");
        folders().look(ADDRESS, new VersionSelection.All());
        put("1/saved_model.pb", "mended", LONG_AGO.plusSeconds(60));
        FileSystemUtils.deleteRecursively(storage.resolve("models/m/2"));

        folders().look(ADDRESS, new VersionSelection.All());

        assertThat(here()).containsExactly("1");
        assertThat(graph("1")).isEqualTo("mended");
    }

    @Test
    void whatIsHereStaysWhenTheBucketCannotBeRead() throws IOException {
        export("1", "one");
        folders().look(ADDRESS, VersionSelection.LATEST);
        BucketFolders away = new BucketFolders(parent -> {
            throw new IllegalStateException("away");
        }, copies, Duration.ofSeconds(2), new Clock(NOW));

        assertThatThrownBy(() -> away.look(ADDRESS, VersionSelection.LATEST)).hasMessage("away");
        assertThat(graph("1")).isEqualTo("one");
    }
}
