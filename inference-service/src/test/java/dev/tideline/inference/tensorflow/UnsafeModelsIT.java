package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.tensorflow.TensorFlowProperties.Check;
import dev.tideline.inference.tensorflow.TensorFlowProperties.Ops;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** SavedModels that nobody should serve. */
class UnsafeModelsIT {

    private static final ServableId ID = new ServableId("m", 1);

    @TempDir
    Path folder;

    private Servable load(TensorFlowProperties properties) throws LoadFailedException {
        return Settings.loader(properties).load(ID, folder);
    }

    private Path unsafe() {
        return UnsafeModels.writesFile(folder, folder.resolve("written"));
    }

    @ParameterizedTest
    @EnumSource(Check.class)
    void opThatWritesFilesIsRefusedByNameAndNeverRuns(Check check) {
        unsafe();

        assertThatThrownBy(() -> load(Settings.with(check)))
                .isInstanceOfSatisfying(LoadFailedException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.PERMISSION_DENIED))
                .hasMessageStartingWith("ops: WriteFile (node write) (expected: ops that reach nothing outside of the model");
        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void exceptionNamesTheOp() throws Exception {
        unsafe();
        try (Servable servable = load(Settings.of(Check.NONE, Ops.LISTED, Set.of("WriteFile")))) {
            assertThat(servable.signatures()).containsKey("serving_default");
        }
    }

    @Test
    void switchAllowsEverything() throws Exception {
        unsafe();
        try (Servable servable = load(Settings.of(Check.NONE, Ops.ANY, Set.of()))) {
            assertThat(folder.resolve("written")).exists();
        }
    }

    @ParameterizedTest
    @CsvSource({"PyFunc, SERVING, false", "ReadFile, SERVING, false", "PrintV2, SERVING, false", "RestoreV2, SERVING, false",
        "RestoreV2, RESTORE, true", "SaveV2, RESTORE, false", "InitializeTableFromTextFileV2, INITIALISATION, true",
        "InitializeTableFromTextFileV2, SERVING, false", "MatMul, SERVING, true", "ParseExampleV2, SERVING, true", "Unheard, SERVING, false"})
    void listKnowsWhatTouchesFiles(String op, OpAllowList.Use use, boolean allowed) {
        assertThat(new OpAllowList(Set.of()).allows(op, use)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"export.meta, SessionBundle", "model.tflite, TensorFlow Lite", "model.keras, Keras"})
    void otherFormatIsNamed(String file, String name) throws Exception {
        Files.writeString(folder.resolve(file), "x");

        assertThatThrownBy(() -> load(Settings.with(Check.NONE))).hasMessageContaining("it looks like").hasMessageContaining(name);
    }

    @Test
    void graphWithOtherTagsIsRefusedWithTheTagsThatThereAre() {
        UnsafeModels.tagged(folder, "train", "gpu");

        assertThatThrownBy(() -> load(Settings.with(Check.NONE)))
                .hasMessage("saved_model.pb: graphs with tags [[train, gpu]] (expected: one with [serve])");
    }

    @Test
    void fileThatIsNotTheManifestsIsRefused() throws Exception {
        SavedModels.write(folder, 2);
        Files.writeString(folder.resolve("manifest.json"), "{\"files\":{\"saved_model.pb\":\"00\",\"../x\":\"00\"}}");

        assertThatThrownBy(() -> load(Settings.with(Check.NONE)))
                .isInstanceOfSatisfying(LoadFailedException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.DATA_LOSS))
                .hasMessage("manifest.json: missing or changed: ../x, saved_model.pb (expected: files of the named SHA-256)");
    }

    @Test
    void proofThatTakesTooMuchMemoryIsEnded() {
        SavedModels.write(folder, 2);
        ChildProcessCheck check = new ChildProcessCheck(Duration.ofSeconds(60), DataSize.ofMegabytes(8));

        assertThatThrownBy(() -> check.check(Settings.with(Check.CHILD_PROCESS).checkOf(folder)))
                .isInstanceOfSatisfying(LoadFailedException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("MB of memory (expected: at most 8");
    }

    @Test
    void modelThatKillsItsProcessKillsOnlyTheChild() {
        UnsafeModels.aborts(folder);

        assertThatThrownBy(() -> load(Settings.of(Check.CHILD_PROCESS, Ops.ANY, Set.of())))
                .isInstanceOf(LoadFailedException.class).hasMessageContaining("the child process ended with killed by signal 6");
    }
}
