package dev.tideline.inference.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tideline.inference.servable.RecentInputs;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensorflow.TensorFlowProperties.Check;
import dev.tideline.serving.protocol.InferenceTask;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.MultiInferenceLog;
import dev.tideline.serving.protocol.PredictLog;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.serving.protocol.RegressLog;
import dev.tideline.serving.protocol.RegressionRequest;
import dev.tideline.serving.protocol.SessionRunLog;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class WarmUpIT {

    private static final ServableId ID = new ServableId("m", 1);
    private static final RecentInputs NOTHING = (model, signature) -> Optional.empty();

    @TempDir
    Path folder;

    /** Lets a real version answer and notes how many rows each signature was asked for. */
    private static final class Noting implements Servable {

        private final Servable real;
        private final List<String> runs = new ArrayList<>();

        Noting(Servable real) {
            this.real = real;
        }

        @Override
        public ServableId id() {
            return real.id();
        }

        @Override
        public SortedMap<String, Signature> signatures() {
            return real.signatures();
        }

        @Override
        public @Nullable String schemaFingerprint() {
            return null;
        }

        @Override
        public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
            int rows = requests.stream().mapToInt(request -> request.values().iterator().next().shape().rows()).sum();
            runs.add(signature.name() + " " + rows);
            return real.run(signature, requests);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private List<String> warmUp(RecentInputs recent) {
        try (Noting servable = new Noting(Settings.with(Check.NONE).opener().open(ID, folder, null))) {
            new WarmUp(List.of(1, 4), 2, recent).run(servable, folder);
            return servable.runs;
        }
    }

    private void record(PredictionLog... logs) throws IOException {
        Path file = folder.resolve(WarmUpFile.PATH);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (PredictionLog log : logs) {
                writer.write(log.toByteArray());
            }
        }
    }

    private static ModelSpec signature(String name) {
        return ModelSpec.newBuilder().setName("m").setSignatureName(name).build();
    }

    private static PredictionLog predict(String signature, float... x) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(x.length))
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1)));
        for (float value : x) {
            tensor.addFloatVal(value);
        }
        return PredictionLog.newBuilder().setPredictLog(PredictLog.newBuilder().setRequest(
                PredictRequest.newBuilder().setModelSpec(signature(signature)).putInputs("x", tensor.build()))).build();
    }

    private static Input examples() {
        Example example = Example.newBuilder().setFeatures(org.tensorflow.proto.Features.newBuilder().putFeature(
                "x", Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(2)).build())).build();
        return Input.newBuilder().setExampleList(
                dev.tideline.serving.protocol.ExampleList.newBuilder().addExamples(example).addExamples(example)).build();
    }

    @Test
    @DisplayName("W01: no file")
    void withoutAFileGeneratedRequestsComeInAllSizes() {
        SavedModels.write(folder, 2);

        assertThat(warmUp(NOTHING)).containsExactlyInAnyOrder("half 1", "half 4", "serving_default 1", "serving_default 4");
    }

    @Test
    @DisplayName("W01: as often as told")
    void recordedRequestsRunAsOftenAsToldAndThenInAllSizes() throws IOException {
        SavedModels.write(folder, 2);
        record(predict("half", 1, 2, 3));

        assertThat(warmUp(NOTHING)).startsWith("half 3", "half 3").contains("half 1", "half 4", "serving_default 1", "serving_default 4")
                .hasSize(6);
    }

    @Test
    @DisplayName("W01: all kinds of requests run")
    void examplesOfRegressionAndMultiInferenceRun() throws IOException {
        ExampleModels.write(folder);
        record(PredictionLog.newBuilder().setRegressLog(RegressLog.newBuilder().setRequest(
                        RegressionRequest.newBuilder().setModelSpec(signature("regress_x_to_y")).setInput(examples()))).build(),
                PredictionLog.newBuilder().setMultiInferenceLog(MultiInferenceLog.newBuilder().setRequest(
                        dev.tideline.serving.protocol.MultiInferenceRequest.newBuilder().setInput(examples())
                                .addTasks(InferenceTask.newBuilder().setModelSpec(signature("classify_x_to_y"))))).build());

        assertThat(warmUp(NOTHING)).contains("regress_x_to_y 2", "regress_x_to_y 4", "classify_x_to_y 2", "classify_x_to_y 4");
    }

    @Test
    void whatWasAskedLatelyComesBeforeGeneratedRequests() {
        SavedModels.write(folder, 2);
        List<String> asked = new ArrayList<>();
        RecentInputs recent = (model, signature) -> {
            asked.add(model + " " + signature);
            return signature.equals("half") ? Optional.of(Map.of("x", Tensor.floats(Shape.of(1, 1), 7))) : Optional.empty();
        };

        assertThat(warmUp(recent)).containsExactlyInAnyOrder("half 1", "half 4", "serving_default 1", "serving_default 4");
        assertThat(asked).containsExactlyInAnyOrder("m half", "m serving_default");
    }

    @Test
    void formerRequestThatNoLongerFitsIsPassedOver() {
        SavedModels.write(folder, 2);

        assertThat(warmUp((model, signature) -> Optional.of(Map.of("x", Tensor.text(Shape.of(1), "of another type"),
                "n", Tensor.longs(Shape.of(1), 1), "s", Tensor.text(Shape.of(1), "a"))))).contains("half 4", "serving_default 4");
    }

    private void assertRefused(StatusCode code, String message) {
        assertThatThrownBy(() -> warmUp(NOTHING)).hasMessageContaining(message)
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("W01: a file that is no TFRecord")
    void fileThatIsNoTfRecordIsDataLoss() throws IOException {
        SavedModels.write(folder, 2);
        Files.createDirectories(folder.resolve("assets.extra"));
        Files.writeString(folder.resolve(WarmUpFile.PATH), "this is not a file of records, whatever it looks like");

        assertRefused(StatusCode.DATA_LOSS, "Please verify your data format");
    }

    @Test
    @DisplayName("W01: records that cannot be parsed, kinds that are not supported, too many")
    void recordsThatAreNoRequestsAreRefused() throws IOException {
        SavedModels.write(folder, 2);
        record(predict("absent", 1));
        assertRefused(StatusCode.NOT_FOUND, "signature absent (expected: one of [half, serving_default])");
        record(PredictionLog.newBuilder().setSessionRunLog(SessionRunLog.getDefaultInstance()).build());
        assertRefused(StatusCode.UNIMPLEMENTED, "SESSION_RUN_LOG");
        record(PredictionLog.newBuilder().setPredictLog(PredictLog.newBuilder().setRequest(PredictRequest.newBuilder()
                .setModelSpec(signature("half")).putInputs("x", TensorProto.newBuilder().setDtype(DataType.DT_FLOAT)
                        .setTensorContent(ByteString.copyFrom(new byte[3])).build()))).build());
        assertRefused(StatusCode.INVALID_ARGUMENT, "tensor_content of 3 bytes");
        PredictionLog[] many = new PredictionLog[WarmUpFile.MAX_RECORDS + 1];
        java.util.Arrays.fill(many, predict("half", 1));
        record(many);
        assertRefused(StatusCode.INVALID_ARGUMENT, "Number of warmup records exceeds the maximum (1000)");
    }

    @Test
    @DisplayName("W01: a run that fails")
    void requestThatFailsFailsTheVersion() throws IOException {
        SavedModels.write(folder, 2);
        record(predict("serving_default", 1));

        assertRefused(StatusCode.INVALID_ARGUMENT, "assets.extra/tf_serving_warmup_requests, signature serving_default");
    }
}
