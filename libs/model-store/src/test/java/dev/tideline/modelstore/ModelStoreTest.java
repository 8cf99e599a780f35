package dev.tideline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.Baseline;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {

    /** From sha256sum. */
    private static final String GRAPH_SHA = "eef93e1d14482804277fca0172464032d1a4fdbcc338524059fa1e861454ad4d";
    private static final String WEIGHTS_SHA = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    @TempDir
    Path root;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = new ModelStore(root);
    }

    @Test
    void showsNothingBeforePublication() throws IOException {
        try (ModelStore.Draft draft = store.draft("trips", 1, 1)) {
            Files.writeString(draft.path().resolve("saved_model.pb"), "graph");

            assertThat(store.versions("trips")).isEmpty();
        }
    }

    @Test
    void showsAPublishedVersionWithItsManifest() throws IOException {
        ModelManifest published = publish(1);

        assertThat(store.versions("trips")).containsExactly(1L);
        assertThat(ModelManifestCodec.write(store.manifest("trips", 1))).hasToString(ModelManifestCodec.write(published).toString());
    }

    @Test
    void hashesEveryFile() throws IOException {
        assertThat(publish(1).files()).isEqualTo(Map.of(
                "saved_model.pb", GRAPH_SHA,
                "variables/variables.index", WEIGHTS_SHA));
    }

    @Test
    void removesADraftThatIsNotPublished() throws IOException {
        try (ModelStore.Draft draft = store.draft("trips", 1, 1)) {
            Files.writeString(draft.path().resolve("saved_model.pb"), "graph");
        }

        try (Stream<Path> left = Files.list(store.folder("trips", 1).getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void replacesTheDraftOfACrashedRun() throws IOException {
        Files.writeString(store.draft("trips", 1, 1).path().resolve("half"), "written");

        try (Stream<Path> files = Files.list(store.draft("trips", 1, 1).path())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aLateWriterOfAnEarlierAttemptDoesNotReachIntoThisDraft() throws IOException {
        Path late = store.draft("trips", 1, 1).path();
        Files.writeString(late.resolve("saved_model.pb"), "half of");

        try (ModelStore.Draft draft = store.draft("trips", 1, 2)) {
            assertThat(late).doesNotExist();
            Files.writeString(Files.createDirectories(late).resolve("saved_model.pb"), "the late one");
            Files.writeString(draft.path().resolve("saved_model.pb"), "whole");
            draft.publish(manifest(1));
        }

        assertThat(store.folder("trips", 1).resolve("saved_model.pb")).hasContent("whole");
        assertThat(store.draft("trips", 1, 3).path()).isEmptyDirectory();
        assertThat(late).doesNotExist();
    }

    @Test
    void aDraftOfAnotherVersionStays() throws IOException {
        Path other = store.draft("trips", 11, 1).path();
        store.draft("trips", 1, 1);

        assertThat(other).exists();
    }

    @Test
    void neverPublishesAVersionTwice() throws IOException {
        publish(1);

        assertThatThrownBy(() -> publish(1)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(store.versions("trips")).containsExactly(1L);
    }

    @Test
    void sortsVersionsByNumber() throws IOException {
        publish(10);
        publish(9);

        assertThat(store.versions("trips")).containsExactly(9L, 10L);
    }

    @Test
    void knowsNoVersionsOfAnUnknownModel() throws IOException {
        assertThat(store.versions("nope")).isEmpty();
        assertThatThrownBy(() -> store.manifest("nope", 1)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void findsDamagedAndMissingFiles() throws IOException {
        ModelManifest manifest = publish(1);
        Files.writeString(store.folder("trips", 1).resolve("saved_model.pb"), "grapH");
        Files.delete(store.folder("trips", 1).resolve("variables/variables.index"));

        assertThat(store.damaged(manifest)).containsExactly("saved_model.pb", "variables/variables.index");
    }

    @Test
    void findsNothingWrongWithAnUntouchedVersion() throws IOException {
        assertThat(store.damaged(publish(1))).isEmpty();
    }

    @Test
    void deletesAVersion() throws IOException {
        publish(1);
        store.delete("trips", 1);
        store.delete("trips", 1);

        assertThat(store.versions("trips")).isEmpty();
        assertThat(store.folder("trips", 1)).doesNotExist();
    }

    @Test
    void refusesNamesThatLeaveTheStore() {
        assertThatThrownBy(() -> store.folder("../secrets", 1)).hasMessageStartingWith("model: ../secrets/1 (expected: ");
        assertThatThrownBy(() -> store.folder("..", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".hidden", "a/b", "a\\b", "-flag", "ü", "a b", "a\nb"})
    void refusesNamesThatAreNoPlainFolder(String name) {
        assertThatThrownBy(() -> store.draft(name, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(name, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void refusesNamesThatAreTooLongAndVersionsBelowZero() {
        assertThat(store.folder("a".repeat(100), 0)).isEqualTo(root.resolve("models/" + "a".repeat(100) + "/0"));
        assertThatThrownBy(() -> store.folder("a".repeat(101), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.folder("trips", -1)).hasMessageStartingWith("model: trips/-1 (expected: ");
    }

    @Test
    void passesOverWhatIsNoVersion() throws IOException {
        publish(2);
        Path model = store.folder("trips", 2).getParent();
        Files.createDirectories(model.resolve("3"));
        Files.createDirectories(model.resolve("latest"));
        Files.writeString(model.resolve("notes.txt"), "not ours");
        Files.writeString(Files.createDirectories(model.resolve("1234567890123456789")).resolve(ModelStore.MANIFEST), "{}");
        store.draft("trips", 4, 1);

        assertThat(store.versions("trips")).as("3 has no manifest").containsExactly(2L);
    }

    @Test
    void aRefusedSecondPublicationLeavesTheFirstAsItWas() throws IOException {
        ModelManifest first = publish(1);
        try (ModelStore.Draft second = store.draft("trips", 1, 1)) {
            Files.writeString(second.path().resolve("saved_model.pb"), "another");
            assertThatThrownBy(() -> second.publish(manifest(1))).isInstanceOf(FileAlreadyExistsException.class);
        }

        assertThat(store.damaged(first)).isEmpty();
        try (Stream<Path> left = Files.list(store.folder("trips", 1).getParent())) {
            assertThat(left).containsExactly(store.folder("trips", 1));
        }
    }

    @Test
    void neverLooksOutsideOfAVersionForItsFiles() throws IOException {
        publish(1);
        Files.writeString(root.resolve("secret"), "graph");

        assertThat(ModelStore.damaged(store.folder("trips", 1), new TreeMap<>(Map.of("../../../secret", GRAPH_SHA, "saved_model.pb", GRAPH_SHA))))
                .containsExactly("../../../secret");
    }

    @Test
    void deletesOverWhatAnInterruptedDeletionLeft() throws IOException {
        publish(1);
        Path grave = Files.createDirectories(store.folder("trips", 1).resolveSibling(".deleted-1").resolve("variables"));
        Files.writeString(grave.resolve("variables.index"), "old");

        store.delete("trips", 1);

        assertThat(store.folder("trips", 1).getParent()).isEmptyDirectory();
    }

    /** What a crash leaves behind the rename: no version to be seen, and all of its files. */
    @Test
    void aSecondDeletionRemovesWhatAnInterruptedOneLeft() throws IOException {
        publish(1);
        Files.move(store.folder("trips", 1), store.folder("trips", 1).resolveSibling(".deleted-1"));

        store.delete("trips", 1);

        assertThat(store.folder("trips", 1).getParent()).isEmptyDirectory();
    }

    /** Nobody could open it under the number that it would be listed by. */
    @Test
    void aFolderWithLeadingZerosIsNoVersion() throws IOException {
        publish(7);
        Path odd = Files.createDirectories(store.folder("trips", 7).resolveSibling("007"));
        Files.copy(store.folder("trips", 7).resolve(ModelStore.MANIFEST), odd.resolve(ModelStore.MANIFEST));

        assertThat(store.versions("trips")).containsExactly(7L);
    }

    @Test
    void aVersionCanBePublishedAgainAfterItWasDeleted() throws IOException {
        publish(1);
        store.delete("trips", 1);

        assertThat(store.damaged(publish(1))).isEmpty();
        assertThat(store.versions("trips")).containsExactly(1L);
    }

    @Test
    void givesThePathThatEventsCarry() {
        assertThat(store.path("trips", 3)).isEqualTo("models/trips/3");
    }

    @Test
    void lineageIsKeptAndOldManifestsHaveNone() {
        var plain = ModelManifestCodec.write(manifest(1));
        var lineage = new ModelManifest.Lineage("job-7", "c0ffee", new TreeMap<>(Map.of("train", 80L, "evaluation", 20L)), false,
                List.of("accuracy: 0.9 (expected: at least 0.95)"));
        plain.set("lineage", tools.jackson.databind.json.JsonMapper.builder().build().valueToTree(lineage));

        ModelManifest read = ModelManifestCodec.read(plain);

        assertThat(read.lineage()).isEqualTo(lineage);
        assertThat(ModelManifestCodec.read(ModelManifestCodec.write(read)).lineage()).isEqualTo(lineage);
        assertThat(ModelManifestCodec.read(ModelManifestCodec.write(manifest(1))).lineage()).isNull();
    }

    @Test
    void namesAFileThatIsNoManifest() throws IOException {
        publish(1);
        Path file = store.folder("trips", 1).resolve(ModelStore.MANIFEST);
        Files.writeString(file, "{\"model\":\"trips\"}");

        assertThatThrownBy(() -> store.manifest("trips", 1)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString()).hasMessageEndingWith("(expected: a model manifest)");
    }

    private ModelManifest publish(long version) throws IOException {
        try (ModelStore.Draft draft = store.draft("trips", version, 1)) {
            Files.writeString(draft.path().resolve("saved_model.pb"), "graph");
            Files.createDirectory(draft.path().resolve("variables"));
            Files.writeString(draft.path().resolve("variables/variables.index"), "weights");
            return draft.publish(manifest(version));
        }
    }

    static ModelManifest manifest(long version) {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("y", Kind.INT)), "y", null, null);
        TreeMap<String, Baseline> baselines = new TreeMap<>();
        baselines.put("x", new Baseline.Numeric(new double[] {1}, new long[] {4, 6}, 0, 0, 2, 1, 0.5));
        baselines.put("output/label", new Baseline.Categorical(List.of("0", "1"), new long[] {3, 7}, 0, 0));
        return new ModelManifest("trips", version, Instant.parse("2026-11-22T10:00:00Z"), "rides", 2, "abc", schema, 42,
                version > 1 ? version - 1 : null, new TreeMap<>(Map.of("accuracy", 0.9)), baselines, new TreeMap<>());
    }
}
