package dev.tideline.inference.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loader finds when versions lie in a bucket. */
class FetchingLoaderIT {

    private static final ServableId FIRST = new ServableId("trips", 1);

    @TempDir
    private Path folder;

    private final List<String> graphs = new ArrayList<>();
    private Storage storage;
    private LocalFiles files;
    private FetchingLoader loader;

    @BeforeEach
    void open() throws IOException {
        storage = Storages.open(StorageRoot.parse("s3://" + TestS3.shared().bucket()), new S3Settings(TestS3.shared().endpoint(), "eu-central-1",
                true, TestS3.ACCESS_KEY, TestS3.SECRET_KEY, 16 << 20, Duration.ofSeconds(5), Duration.ofSeconds(60), 0), folder.resolve("drafts"));
        files = LocalFiles.copies(storage, folder.resolve("copies"), Duration.ofDays(7), InstantSource.system());
        loader = new FetchingLoader(this::load, files);
        publish();
    }

    @AfterEach
    void close() {
        TestS3.shared().start();
        storage.close();
    }

    @Test
    void aVersionIsHereWhenItIsLoaded() throws LoadFailedException {
        loader.load(FIRST, files.root().resolve("models/trips/1"));

        assertThat(graphs).containsExactly("graph");
    }

    @Test
    void aVersionThatWasHereNeedsNoBucket() throws LoadFailedException {
        loader.load(FIRST, files.root().resolve("models/trips/1"));
        TestS3.shared().stop();
        loader.load(FIRST, files.root().resolve("models/trips/1"));

        assertThat(graphs).containsExactly("graph", "graph");
    }

    @Test
    void aBucketThatIsAwaySpeaksAgainstNoVersion() {
        TestS3.shared().stop();

        assertThat(failure(FIRST, "models/trips/1")).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(StatusCode.UNAVAILABLE);
            assertThat(failure.text()).startsWith("s3://").endsWith("(expected: an answer of S3)");
        });
        assertThat(graphs).isEmpty();
    }

    @Test
    void whatIsNotInTheStoreIsRefused() {
        assertThat(failure(new ServableId("trips", 2), "models/trips/2").code()).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(failure(FIRST, "models/others/1").text()).endsWith("models/others/1 (expected: models/trips/1 below the storage root)");
        assertThat(graphs).isEmpty();
    }

    private LoadFailedException failure(ServableId id, String path) {
        return assertThatExceptionOfType(LoadFailedException.class).isThrownBy(() -> loader.load(id, files.root().resolve(path))).actual();
    }

    private Servable load(ServableId id, Path path) throws LoadFailedException {
        try {
            graphs.add(Files.readString(path.resolve("saved_model.pb")));
            return null;
        } catch (IOException absent) {
            throw LoadFailedException.broken(StatusCode.NOT_FOUND, absent.toString());
        }
    }

    private void publish() throws IOException {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null);
        try (ModelStore.Draft draft = new ModelStore(files).draft("trips", 1, 1)) {
            Files.writeString(draft.path().resolve("saved_model.pb"), "graph");
            draft.publish(new ModelManifest("trips", 1, Instant.parse("2026-11-22T10:00:00Z"), "rides", 2, "abc", schema, 42, null,
                    new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
        }
    }
}
