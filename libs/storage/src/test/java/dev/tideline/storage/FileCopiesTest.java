package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage is another folder: what copies do does not depend on how the bytes come. */
class FileCopiesTest {

    private static final String GRAPH = "eef93e1d14482804277fca0172464032d1a4fdbcc338524059fa1e861454ad4d";

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Storage storage;
    private LocalFiles files;

    @BeforeEach
    void open() {
        storage = Storages.folder(folder.resolve("bucket"));
        files = LocalFiles.copies(storage, folder.resolve("copies"), Duration.ofDays(7), () -> now);
    }

    @Test
    void copiesAFileOnce() throws IOException {
        write("datasets/d/shards/a", "records");
        Path copy = files.fetch("datasets/d/shards/a");
        storage.delete("datasets/d/shards/a");

        assertThat(copy).isEqualTo(files.root().resolve("datasets/d/shards/a")).hasContent("records");
        assertThat(files.fetch("datasets/d/shards/a")).hasContent("records");
    }

    @Test
    void refreshesWhatMayHaveChanged() throws IOException {
        write("datasets/d/versions/1/manifest.json", "one");
        files.refresh("datasets/d/versions/1/manifest.json");
        write("datasets/d/versions/1/manifest.json", "two");

        assertThat(files.refresh("datasets/d/versions/1/manifest.json")).hasContent("two");
    }

    @Test
    void saysThatThereIsNoSuchFileAndLeavesNothing() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> files.fetch("datasets/d/shards/a"));

        assertThat(folder.resolve("copies/files/datasets/d/shards")).isEmptyDirectory();
    }

    @Test
    void bringsAFolderAndRepairsWhatIsDamagedInIt() throws IOException {
        write("models/m/1/saved_model.pb", "graph");
        write("models/m/1/notes", "not asked for");
        Path copy = files.fetch("models/m/1", new TreeMap<>(Map.of("saved_model.pb", GRAPH)));
        Files.writeString(copy.resolve("saved_model.pb"), "damaged");

        assertThat(files.fetch("models/m/1", new TreeMap<>(Map.of("saved_model.pb", GRAPH))).resolve("saved_model.pb")).hasContent("graph");
        assertThat(copy.resolve("notes")).doesNotExist();
    }

    @Test
    void refusesBytesThatAreNotThePromisedOnes() throws IOException {
        write("models/m/1/saved_model.pb", "another graph");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> files.fetch("models/m/1", new TreeMap<>(Map.of("saved_model.pb", GRAPH))))
                .withMessageContaining("models/m/1/saved_model.pb").withMessageEndingWith("(expected: " + GRAPH + ")");

        assertThat(files.root().resolve("models/m/1")).isEmptyDirectory();
    }

    @Test
    void neverLeavesTheFolder() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> files.fetch("../secret"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> files.fetch("models/m/1", new TreeMap<>(Map.of("../../../../secret", GRAPH))));
    }

    @Test
    void removesCopiesThatNobodyAskedForAndKeepsThoseInUse() throws IOException {
        for (String key : new String[] {"used", "unused", "next"}) {
            write(key, key);
        }
        Path unused = files.fetch("unused");
        Path used = files.fetch("used");
        now = now.plus(Duration.ofDays(6));
        files.fetch("used");
        now = now.plus(Duration.ofDays(2));
        files.fetch("next");

        assertThat(unused).doesNotExist();
        assertThat(used).exists();
        assertThat(files.fetch("unused")).as("it comes again").hasContent("unused");
    }

    @Test
    void whatIsNoCopyIsNotSwept() throws IOException {
        Path work = Files.writeString(Files.createDirectories(files.scratch().resolve("jobs")).resolve("checkpoint"), "hours of work");
        write("a", "a");
        now = now.plus(Duration.ofDays(400));
        files.fetch("a");

        assertThat(work).exists();
    }

    @Test
    void manyMayAskAtATime() throws Exception {
        write("a", "x".repeat(300_000));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asked = threads.invokeAll(IntStream.range(0, 32).<Callable<Long>>mapToObj(i -> () -> Files.size(files.fetch("a"))).toList());
            for (var each : asked) {
                assertThat(each.get()).isEqualTo(300_000);
            }
        }
        try (var left = Files.list(files.root())) {
            assertThat(left).containsExactly(files.root().resolve("a"));
        }
    }

    @Test
    void aFolderNeedsNoCopies() throws IOException {
        write("a", "here");
        LocalFiles inPlace = LocalFiles.inPlace(folder.resolve("bucket"));

        assertThat(inPlace.fetch("a")).isEqualTo(folder.resolve("bucket/a"));
        assertThat(inPlace.scratch()).isEqualTo(inPlace.root());
        assertThat(inPlace.storage().read("a")).asString(StandardCharsets.UTF_8).isEqualTo("here");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> inPlace.refresh("b"));
    }

    private void write(String key, String content) throws IOException {
        storage.write(key, content.getBytes(StandardCharsets.UTF_8));
    }
}
