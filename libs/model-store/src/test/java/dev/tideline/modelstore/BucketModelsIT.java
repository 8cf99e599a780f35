package dev.tideline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.StorageUnavailableException;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines with a bucket between them: one writes, one reads. */
class BucketModelsIT {

    @TempDir
    private Path folder;

    private final String bucket = TestS3.shared().bucket();
    private Storage writing;
    private Storage reading;
    private ModelStore writer;
    private ModelStore reader;

    @BeforeEach
    void open() {
        writing = storage("writer");
        reading = storage("reader");
        writer = store(writing, "writer");
        reader = store(reading, "reader");
    }

    @AfterEach
    void close() {
        TestS3.shared().start();
        writing.close();
        reading.close();
    }

    @Test
    void whatOneMachinePublishesAnotherOneReads() throws IOException {
        ModelManifest published = publish(1, "graph");

        Path copy = reader.fetch("trips", 1);

        assertThat(copy).isEqualTo(reader.folder("trips", 1));
        assertThat(copy.resolve("saved_model.pb")).hasContent("graph");
        assertThat(copy.resolve("variables/variables.index")).hasContent("weights");
        assertThat(ModelStore.damaged(copy, ModelManifestCodec.read(copy.resolve(ModelStore.MANIFEST)))).isEmpty();
        assertThat(reader.manifest("trips", 1).files()).isEqualTo(published.files());
        assertThat(writer.folder("trips", 1)).as("nothing is kept twice").doesNotExist();
    }

    @Test
    void aVersionAppearsWithItsManifest() throws IOException {
        publish(10, "graph");
        publish(9, "graph");
        writing.write("models/trips/11/saved_model.pb", "half".getBytes(StandardCharsets.UTF_8));
        writing.write("models/trips/notes/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(reader.versions("trips")).containsExactly(9L, 10L);
        assertThat(reader.holds("trips", 10)).isTrue();
        assertThat(reader.holds("trips", 11)).isFalse();
        assertThatThrownBy(() -> reader.fetch("trips", 11)).isInstanceOf(NoSuchFileException.class);
        assertThat(reader.versions("nope")).isEmpty();
    }

    @Test
    void neverPublishesAVersionTwice() throws IOException {
        publish(1, "graph");

        assertThatThrownBy(() -> publish(1, "another")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(reader.fetch("trips", 1).resolve("saved_model.pb")).hasContent("graph");
    }

    @Test
    void publicationGoesOnWhereAnOutageStoppedIt() throws IOException {
        try (ModelStore.Draft draft = filled(1, "graph")) {
            TestS3.shared().stop();
            assertThatThrownBy(() -> draft.publish(ModelStoreTest.manifest(1))).isInstanceOf(StorageUnavailableException.class);
            TestS3.shared().start();

            draft.publish(ModelStoreTest.manifest(1));
        }

        assertThat(reader.fetch("trips", 1).resolve("saved_model.pb")).hasContent("graph");
    }

    @Test
    void aCopyServesWhileTheBucketIsAway() throws IOException {
        publish(1, "graph");
        publish(2, "graph");
        reader.fetch("trips", 1);
        TestS3.shared().stop();

        assertThat(reader.fetch("trips", 1).resolve("saved_model.pb")).hasContent("graph");
        assertThatThrownBy(() -> reader.fetch("trips", 2)).isInstanceOf(StorageUnavailableException.class);
        Files.writeString(reader.folder("trips", 1).resolve("saved_model.pb"), "damaged");
        assertThatThrownBy(() -> reader.fetch("trips", 1)).isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void aDeletedVersionIsGoneAndItsNumberIsFree() throws IOException {
        publish(1, "graph");
        reader.fetch("trips", 1);
        writer.delete("trips", 1);
        writer.delete("trips", 1);
        assertThat(reader.versions("trips")).isEmpty();
        assertThatThrownBy(() -> reader.fetch("trips", 1)).isInstanceOf(NoSuchFileException.class);

        publish(1, "another graph");

        assertThat(reader.fetch("trips", 1).resolve("saved_model.pb")).as("not the old copy").hasContent("another graph");
    }

    private ModelManifest publish(long version, String graph) throws IOException {
        try (ModelStore.Draft draft = filled(version, graph)) {
            return draft.publish(ModelStoreTest.manifest(version));
        }
    }

    private ModelStore.Draft filled(long version, String graph) throws IOException {
        ModelStore.Draft draft = writer.draft("trips", version, 1);
        Files.writeString(draft.path().resolve("saved_model.pb"), graph);
        Files.writeString(Files.createDirectory(draft.path().resolve("variables")).resolve("variables.index"), "weights");
        return draft;
    }

    private Storage storage(String machine) {
        var settings = new S3Settings(TestS3.shared().endpoint(), "eu-central-1", true, TestS3.ACCESS_KEY, TestS3.SECRET_KEY, 16 << 20,
                Duration.ofSeconds(5), Duration.ofSeconds(60), 0);
        return Storages.open(StorageRoot.parse("s3://" + bucket + "/tideline"), settings, folder.resolve(machine + "-drafts"));
    }

    private ModelStore store(Storage storage, String machine) {
        return new ModelStore(LocalFiles.copies(storage, folder.resolve(machine), Duration.ofDays(7), InstantSource.system()));
    }
}
