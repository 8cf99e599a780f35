package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.platform.stack.LaunchException;
import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class WarmUpFileTest {

    private static final String METADATA = """
            {"metadata": {"signature_def": {"signature_def": {
              "serving_default": {"method_name": "tensorflow/serving/predict", "inputs": {
                "x": {"dtype": "DT_DOUBLE", "tensor_shape": {"dim": [{"size": "-1"}, {"size": "2"}, {"size": "-1"}]}},
                "n": {"dtype": "DT_INT32", "tensor_shape": {"dim": [{"size": "-1"}]}},
                "b": {"dtype": "DT_BOOL", "tensor_shape": {"dim": [{"size": "-1"}, {"size": "1"}]}},
                "s": {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": "-1"}]}}}},
              "packed": {"method_name": "tensorflow/serving/predict",
                "inputs": {"inputs": {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": "-1"}]}}}},
              "classes": {"method_name": "tensorflow/serving/classify",
                "inputs": {"inputs": {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": "-1"}]}}}}}}}}""";

    @TempDir
    Path folder;

    private StandIn service;

    @BeforeEach
    void serve() throws IOException {
        service = new StandIn(METADATA);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void writesTensorsInTheTypesAndShapesOfTheSignature() throws Exception {
        var request = write(1, List.of(logged("serving_default", row(7)))).getFirst().getPredictLog().getRequest();

        assertThat(request.getModelSpec().getName()).isEqualTo("m");
        assertThat(request.getModelSpec().getSignatureName()).isEqualTo("serving_default");
        assertThat(request.getInputsMap()).containsOnlyKeys("x", "n", "b", "s");
        assertTensor(request.getInputsOrThrow("x"), DataType.DT_DOUBLE, 1, 2, 2);
        assertThat(request.getInputsOrThrow("x").getDoubleValList()).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertTensor(request.getInputsOrThrow("n"), DataType.DT_INT32, 1);
        assertThat(request.getInputsOrThrow("n").getIntValList()).containsExactly(7);
        assertTensor(request.getInputsOrThrow("b"), DataType.DT_BOOL, 1, 1);
        assertThat(request.getInputsOrThrow("b").getBoolValList()).containsExactly(true);
        assertThat(request.getInputsOrThrow("s").getStringVal(0).toStringUtf8()).isEqualTo("ä");
    }

    @Test
    void putsFeaturesBackIntoTheirExample() throws Exception {
        var age = Map.<String, Feature>of("age", Feature.longs(36));

        var logs = write(2, List.of(logged("packed", age), logged("classes", age)));

        byte[] packed = logs.getFirst().getPredictLog().getRequest().getInputsOrThrow("inputs").getStringVal(0).toByteArray();
        assertThat(Example.decode(packed).features()).isEqualTo(age);
        assertThat(logs.getLast().getClassifyLog().getRequest().getInput().getExampleList().getExamples(0).getFeatures().getFeatureOrThrow("age")
                .getInt64List().getValue(0)).isEqualTo(36);
    }

    @Test
    void takesTheLastOnesOfTheModel() throws Exception {
        List<Map<String, Feature>> log = new ArrayList<>(IntStream.range(0, 10).mapToObj(n -> logged("serving_default", row(n))).toList());
        log.addAll(4, List.of(other()));
        log.add(other());

        var logs = write(3, log);

        assertThat(logs).extracting(entry -> entry.getPredictLog().getRequest().getInputsOrThrow("n").getIntVal(0)).containsExactly(7, 8, 9);
        assertThat(service.lines().getFirst()).startsWith("3 requests in ").endsWith("assets.extra/tf_serving_warmup_requests in the version's folder");
    }

    @Test
    void namesWhatARowLacksAndLeavesNoFile() {
        var redacted = row(1);
        redacted.remove("s");

        assertThatThrownBy(() -> write(1, List.of(logged("serving_default", redacted)))).isInstanceOf(LaunchException.class)
                .hasMessageContaining("no input s (expected: all inputs of signature serving_default");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void namesASignatureThatIsNotServedAndARowThatDoesNotFit() {
        var longer = row(1);
        longer.put("n", Feature.longs(1, 2));

        assertThatThrownBy(() -> write(1, List.of(logged("gone", row(1))))).hasMessageContaining("signature: gone (expected: one that m serves)");
        assertThatThrownBy(() -> write(1, List.of(logged("serving_default", longer)))).hasMessageContaining("input n: 2 values (expected: 1");
    }

    @Test
    void saysThatThereIsNothing() throws Exception {
        assertThat(write(1, List.of(other()))).isEmpty();
        assertThat(service.lines().getFirst()).startsWith("no prediction of m in ");
    }

    private static void assertTensor(TensorProto tensor, DataType type, long... shape) {
        assertThat(tensor.getDtype()).isEqualTo(type);
        assertThat(tensor.getTensorShape().getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize)).containsExactly(
                Arrays.stream(shape).boxed().toArray(Long[]::new));
    }

    private static Map<String, Feature> row(long n) {
        return new HashMap<>(Map.of("x", Feature.floats(1, 2, 3, 4), "n", Feature.longs(n), "b", Feature.longs(1), "s", Feature.text("ä"),
                "output/y", Feature.floats(0.5f)));
    }

    private static Map<String, Feature> logged(String signature, Map<String, Feature> features) {
        return StandIn.logged("a-0", signature, features);
    }

    private static Map<String, Feature> other() {
        var other = logged("serving_default", row(99));
        other.put("tideline/model", Feature.text("other"));
        return other;
    }

    private List<PredictionLog> write(int records, List<Map<String, Feature>> logged) throws Exception {
        Path log = StandIn.log(folder, logged);
        Path out = folder.resolve("out/requests");
        List<PredictionLog> written = new ArrayList<>();
        if (new WarmUpFile(new WarmUpOptions(log, service.uri(), "m", records, out), service.console()).run()) {
            try (TfRecordReader reader = TfRecordReader.open(out)) {
                for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
                    written.add(PredictionLog.parseFrom(bytes));
                }
            }
        }
        return written;
    }
}
