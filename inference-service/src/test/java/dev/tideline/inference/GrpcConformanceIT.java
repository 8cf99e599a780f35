package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import dev.tideline.serving.protocol.ClassificationRequest;
import dev.tideline.serving.protocol.ClassificationResponse;
import dev.tideline.serving.protocol.ExampleList;
import dev.tideline.serving.protocol.ExampleListWithContext;
import dev.tideline.serving.protocol.GetModelMetadataRequest;
import dev.tideline.serving.protocol.GetModelMetadataResponse;
import dev.tideline.serving.protocol.GetModelStatusRequest;
import dev.tideline.serving.protocol.InferenceTask;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.ModelVersionStatus;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.MultiInferenceResponse;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictResponse;
import dev.tideline.serving.protocol.RegressionRequest;
import dev.tideline.serving.protocol.ReloadConfigRequest;
import dev.tideline.serving.protocol.SignatureDefMap;
import io.grpc.Status.Code;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/** TensorFlow Serving's own gRPC cases, by their number in its end-to-end tests (E) and the tests of its implementations (G). */
@ServiceTest
class GrpcConformanceIT extends GrpcPlatform {

    private static final ModelSpec USED =
            ModelSpec.newBuilder().setName(MODEL).setVersion(Int64Value.of(123)).setSignatureName("serving_default").build();

    GrpcConformanceIT(@Value("${local.server.port}") int port, @Autowired GrpcServerLifecycle server) {
        super(port, server.getPort());
    }

    @BeforeEach
    void serve() {
        serveClassic();
    }

    private static RegressionRequest regress(String signature, Input input) {
        return RegressionRequest.newBuilder().setModelSpec(spec(signature)).setInput(input).build();
    }

    private static ClassificationRequest classify(String signature, Input input) {
        return ClassificationRequest.newBuilder().setModelSpec(spec(signature)).setInput(input).build();
    }

    private static InferenceTask task(ModelSpec.Builder spec, String method) {
        return InferenceTask.newBuilder().setModelSpec(spec).setMethodName("tensorflow/serving/" + method).build();
    }

    private static MultiInferenceRequest.Builder tasks(InferenceTask... tasks) {
        return MultiInferenceRequest.newBuilder().addAllTasks(List.of(tasks)).setInput(examples(2));
    }

    @Test
    @DisplayName("E01: status of the only version")
    void tellsStatus() {
        ModelVersionStatus only = models.getModelStatus(GetModelStatusRequest.newBuilder().setModelSpec(spec("")).build())
                .getModelVersionStatusList().getFirst();

        assertThat(only.getVersion()).isEqualTo(123);
        assertThat(only.getState()).isEqualTo(ModelVersionStatus.State.AVAILABLE);
        assertThat(only.getStatus().getErrorCodeValue()).isZero();
    }

    @Test
    @DisplayName("E02: metadata")
    void tellsMetadata() throws Exception {
        GetModelMetadataResponse metadata = predictions.getModelMetadata(
                GetModelMetadataRequest.newBuilder().setModelSpec(spec("")).addMetadataField("signature_def").build());

        assertThat(metadata.getModelSpec()).isEqualTo(USED.toBuilder().clearSignatureName().build());
        assertThat(metadata.getMetadataMap()).containsOnlyKeys("signature_def");
        SignatureDefMap signatures = metadata.getMetadataOrThrow("signature_def").unpack(SignatureDefMap.class);
        assertThat(signatures.getSignatureDefMap()).containsOnlyKeys("serving_default", "regress_x_to_y", "classify_x_to_y");
        assertThat(signatures.getSignatureDefOrThrow("serving_default").getInputsOrThrow("x").getDtype()).isEqualTo(DataType.DT_FLOAT);
    }

    @Test
    @DisplayName("E03: classify")
    void classifies() {
        ClassificationResponse response = predictions.classify(classify("classify_x_to_y", examples(2)));

        assertThat(response.getResult().getClassifications(0).getClasses(0).getScore()).isEqualTo(3);
        assertThat(response.getModelSpec()).isEqualTo(USED.toBuilder().setSignatureName("classify_x_to_y").build());
    }

    @Test
    @DisplayName("E05: regress")
    void regresses() {
        assertThat(predictions.regress(regress("regress_x_to_y", examples(2, 80))).getResult().getRegressionsList())
                .extracting(r -> r.getValue()).containsExactly(3f, 42f);
    }

    @Test
    @DisplayName("E07: regress and classify over one example")
    void answersSeveralTasks() {
        MultiInferenceResponse response = predictions.multiInference(tasks(
                task(spec("regress_x_to_y"), "regress"), task(spec("classify_x_to_y"), "classify")).build());

        assertThat(response.getResults(0).getRegressionResult().getRegressions(0).getValue()).isEqualTo(3);
        assertThat(response.getResults(1).getClassificationResult().getClassifications(0).getClasses(0).getScore()).isEqualTo(3);
        assertThat(response.getResults(1).getModelSpec()).isEqualTo(USED.toBuilder().setSignatureName("classify_x_to_y").build());
    }

    @Test
    @DisplayName("E09, E31: predict with and without output_filter; typed values; the effective model spec")
    void predicts() {
        PredictResponse all = predictions.predict(predict(2, 3).build());

        assertThat(all.getOutputsOrThrow("y").getFloatValList()).containsExactly(3f, 3.5f);
        assertThat(all.getModelSpec()).isEqualTo(USED);
        assertThat(predictions.predict(predict(2).addOutputFilter("y").build()).getOutputsMap()).containsOnlyKeys("y");
    }

    @Test
    @DisplayName("E32, G01: unknown model and version")
    void namesWhatIsNotFound() {
        refused(() -> predictions.predict(predict(1).setModelSpec(ModelSpec.newBuilder().setName("unknown")).build()),
                Code.NOT_FOUND, "Servable not found for request: Latest(unknown)");
        refused(() -> predictions.predict(predict(1).setModelSpec(spec("").setVersion(Int64Value.of(9))).build()),
                Code.NOT_FOUND, "Servable not found for request: Specific(wired, 9)");
    }

    @Test
    @DisplayName("G01: labels")
    void findsVersionsByLabel() {
        assertThat(predictions.predict(predict(1).setModelSpec(spec("").setVersionLabel("L")).build()).getModelSpec()).isEqualTo(USED);
        refused(() -> predictions.predict(predict(1).setModelSpec(spec("").setVersionLabel("none")).build()),
                Code.INVALID_ARGUMENT, "Unrecognized servable version label: none");
    }

    @Test
    @DisplayName("G01: missing spec, empty name, unknown signature")
    void refusesIncompleteSpecs() {
        refused(() -> predictions.predict(predict(1).clearModelSpec().build()), Code.INVALID_ARGUMENT, "Missing ModelSpec");
        refused(() -> predictions.predict(predict(1).setModelSpec(ModelSpec.getDefaultInstance()).build()), Code.INVALID_ARGUMENT, "name");
        refused(() -> predictions.predict(predict(1).setModelSpec(spec("none")).build()),
                Code.FAILED_PRECONDITION, "Serving signature key \"none\" not found.");
    }

    @Test
    @DisplayName("G01, G06: inputs that are extra, missing or of another type")
    void listsInputsThatDiffer() {
        refused(() -> predictions.predict(predict(1).putInputs("extra", floats(1)).build()), Code.INVALID_ARGUMENT, "Sent extra: {extra}");
        refused(() -> predictions.predict(PredictRequest.newBuilder().setModelSpec(spec("")).build()),
                Code.INVALID_ARGUMENT, "Missing but required: {x}");
        refused(() -> predictions.predict(predict().putInputs("x", TensorProto.newBuilder().setDtype(DataType.DT_STRING).build()).build()),
                Code.INVALID_ARGUMENT, "to be float but string is provided");
    }

    @Test
    @DisplayName("G01, B12: output filters that are unknown or twice there")
    void refusesOddFilters() {
        refused(() -> predictions.predict(predict(1).addOutputFilter("none").build()), Code.INVALID_ARGUMENT, "not found in signature: none");
        refused(() -> predictions.predict(predict(1).addOutputFilter("y").addOutputFilter("y").build()),
                Code.INVALID_ARGUMENT, "duplicate output tensor alias: y");
    }

    @Test
    @DisplayName("G02, G03: context; a feature that both have is the example's")
    void mergesContext() {
        Input input = Input.newBuilder().setExampleListWithContext(ExampleListWithContext.newBuilder().setContext(example("x", 80))
                .addExamples(example("other", 1)).addExamples(example("x", 2))).build();

        assertThat(predictions.regress(regress("regress_x_to_y", input)).getResult().getRegressionsList())
                .extracting(r -> r.getValue()).containsExactly(42f, 3f);
    }

    @Test
    @DisplayName("G02, G03: empty input in three ways, unknown signature, a signature of another form")
    void refusesOddExampleCalls() {
        for (Input empty : new Input[] {Input.getDefaultInstance(),
                Input.newBuilder().setExampleList(ExampleList.getDefaultInstance()).build(),
                Input.newBuilder().setExampleListWithContext(ExampleListWithContext.getDefaultInstance()).build()}) {
            refused(() -> predictions.classify(classify("classify_x_to_y", empty)), Code.INVALID_ARGUMENT, "Input is empty");
        }
        refused(() -> predictions.regress(regress("none", examples(1))), Code.INVALID_ARGUMENT, "No signature was found with the name: none");
        refused(() -> predictions.classify(classify("regress_x_to_y", examples(1))), Code.INVALID_ARGUMENT, "at least one of");
        refused(() -> predictions.regress(regress("serving_default", examples(1))), Code.INVALID_ARGUMENT, "expected: only inputs");
    }

    @Test
    @DisplayName("G04: tasks that are refused")
    void refusesOddTasks() {
        InferenceTask good = task(spec("regress_x_to_y"), "regress");
        refused(() -> predictions.multiInference(tasks(good, good).build()), Code.INVALID_ARGUMENT, "Duplicate evaluation of signature");
        refused(() -> predictions.multiInference(tasks(good, task(spec("a").setName("other"), "regress")).build()),
                Code.INVALID_ARGUMENT, "must access the same model name");
        refused(() -> predictions.multiInference(tasks(task(spec(""), "predict")).build()), Code.UNIMPLEMENTED, "Unsupported signature");
        refused(() -> predictions.multiInference(tasks(task(spec("none"), "regress")).build()), Code.INVALID_ARGUMENT, "signature not found");
        refused(() -> predictions.multiInference(tasks(good).clearInput().build()), Code.INVALID_ARGUMENT, "Input is empty");
        refused(() -> predictions.multiInference(tasks().build()), Code.INVALID_ARGUMENT, "tasks: none");
    }

    @Test
    @DisplayName("G05: metadata and status calls that are refused")
    void refusesOddQuestions() {
        refused(() -> predictions.getModelMetadata(GetModelMetadataRequest.newBuilder().setModelSpec(spec("")).build()),
                Code.INVALID_ARGUMENT, "at least one metadata_field");
        refused(() -> predictions.getModelMetadata(
                GetModelMetadataRequest.newBuilder().setModelSpec(spec("")).addMetadataField("none").build()), Code.INVALID_ARGUMENT, "none");
        refused(() -> models.getModelStatus(GetModelStatusRequest.getDefaultInstance()), Code.INVALID_ARGUMENT, "Missing ModelSpec");
        refused(() -> models.getModelStatus(GetModelStatusRequest.newBuilder().setModelSpec(spec("").setName("unknown")).build()),
                Code.NOT_FOUND, "Could not find any versions of model unknown");
        refused(() -> models.getModelStatus(GetModelStatusRequest.newBuilder().setModelSpec(spec("").setVersion(Int64Value.of(9))).build()),
                Code.NOT_FOUND, "Could not find version 9 of model wired");
    }

    @Test
    void refusesToReloadWhereModelsComeFromKafka() {
        refused(() -> models.handleReloadConfigRequest(ReloadConfigRequest.getDefaultInstance()), Code.FAILED_PRECONDITION, "from Kafka");
    }
}
