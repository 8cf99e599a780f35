package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class TensorFlowLoaderIT {

    private static final ServableId ID = new ServableId("m", 1);

    @TempDir
    Path folder;

    private static TensorFlowLoader loader(TensorFlowProperties.Check check) {
        return Settings.loader(Settings.with(check));
    }

    private Servable load() throws LoadFailedException {
        return loader(TensorFlowProperties.Check.NONE).load(ID, folder);
    }

    private static Map<String, Tensor> request(float[] x, long[] n, String... s) {
        return Map.of("x", Tensor.floats(Shape.of(x.length), x), "n", Tensor.longs(Shape.of(n.length), n),
                "s", Tensor.text(Shape.of(s.length), s));
    }

    private static String text(Tensor tensor, int index) {
        return new String(((Values.Strings) tensor.values()).array()[tensor.offset() + index], StandardCharsets.UTF_8);
    }

    @Test
    void readsSignaturesAsDeclared() throws Exception {
        SavedModels.write(folder, 2);
        try (Servable servable = load()) {
            Signature signature = servable.signatures().get("serving_default");
            assertThat(signature.inputs().keySet()).containsExactly("n", "s", "x");
            assertThat(signature.inputs().get("s").type()).isEqualTo(DataType.STRING);
            assertThat(signature.batched()).isTrue();
        }
    }

    @Test
    void stacksRequestsIntoOneRun() throws Exception {
        SavedModels.write(folder, 2);
        String longText = "a string that is longer than twenty-two bytes, ÄÖÜ";
        try (Servable servable = load()) {
            Signature signature = servable.signatures().get("serving_default");
            Map<String, Tensor> outputs = servable.run(signature, List.of(
                    request(new float[] {1, 2}, new long[] {10, 20}, "a", longText), request(new float[] {3}, new long[] {30}, "")));
            assertThat(((Values.Floats) outputs.get("y").values()).array()).containsExactly(12, 24, 36);
            assertThat(((Values.Longs) outputs.get("next").values()).array()).containsExactly(11, 21, 31);
            assertThat(List.of(text(outputs.get("echo"), 0), text(outputs.get("echo"), 1), text(outputs.get("echo"), 2)))
                    .containsExactly("a", longText, "");
        }
    }

    @Test
    void cancelledVersionFailsItsRunsUntilItIsClosed() throws Exception {
        SavedModels.write(folder, 2);
        try (Servable servable = load()) {
            servable.cancel();

            assertThatThrownBy(() -> servable.run(servable.signatures().get("serving_default"),
                    List.of(request(new float[] {1}, new long[] {1}, "a"))))
                    .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.CANCELLED));
        }
    }

    @Test
    void freesAllNativeObjects() throws Exception {
        SavedModels.write(folder, 2);
        long tensors = NativeMemory.TENSORS.sum();
        long sessions = NativeMemory.SESSIONS.sum();
        try (Servable servable = load()) {
            Signature signature = servable.signatures().get("serving_default");
            for (int i = 0; i < 100; i++) {
                servable.run(signature, List.of(request(new float[] {i}, new long[] {i}, "x".repeat(100))));
            }
            assertThatThrownBy(() -> servable.run(signature, List.of(
                    request(new float[] {1, 2, 3}, new long[] {1, 2}, "a")))).isInstanceOf(StatusException.class);
        }
        assertThat(NativeMemory.TENSORS.sum()).isEqualTo(tensors);
        assertThat(NativeMemory.SESSIONS.sum()).isEqualTo(sessions);
    }

    @Test
    void acceptsWhatTheChildProcessCouldQuery() throws Exception {
        SavedModels.write(folder, 2);
        try (Servable servable = loader(TensorFlowProperties.Check.CHILD_PROCESS).load(ID, folder)) {
            assertThat(servable.schemaFingerprint()).isNull();
        }
    }

    @Test
    void refusesBrokenModelWithTheChildsReason() throws Exception {
        SavedModels.write(folder, 2);
        byte[] whole = Files.readAllBytes(folder.resolve("saved_model.pb"));
        Files.write(folder.resolve("saved_model.pb"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> loader(TensorFlowProperties.Check.CHILD_PROCESS).load(ID, folder))
                .isInstanceOf(LoadFailedException.class)
                .hasMessage("saved_model.pb: While parsing a protocol message, the input ended unexpectedly in the middle of a field.  This could mean "
                        + "either that the input has been truncated or that an embedded message misreported its own length. "
                        + "(expected: a whole SavedModel)");
    }

    @Test
    void givesUpOnAChildThatTakesTooLong() {
        SavedModels.write(folder, 2);
        ChildProcessCheck check = new ChildProcessCheck(Duration.ofMillis(20), DataSize.ofGigabytes(4));

        assertThatThrownBy(() -> check.check(Settings.with(TensorFlowProperties.Check.CHILD_PROCESS).checkOf(folder)))
                .isInstanceOf(LoadFailedException.class).hasMessageContaining("still running (expected: done within PT0.02S)");
    }

    @Test
    void refusesFolderWithoutModel() {
        assertThatThrownBy(this::load).isInstanceOf(LoadFailedException.class)
                .hasMessage("model folder: " + folder + " (expected: a saved_model.pb in it)");
    }

    @Test
    void takesFingerprintFromManifest() throws Exception {
        SavedModels.write(folder, 2);
        Files.writeString(folder.resolve("manifest.json"), "{\"schemaFingerprint\":\"abc\",\"more\":1}");
        try (Servable servable = load()) {
            assertThat(servable.schemaFingerprint()).isEqualTo("abc");
        }
    }

    @Test
    void refusesMalformedManifest() throws Exception {
        SavedModels.write(folder, 2);
        Files.writeString(folder.resolve("manifest.json"), "{");

        assertThatThrownBy(this::load).isInstanceOf(LoadFailedException.class).hasMessageContaining("expected: a model manifest");
    }
}
