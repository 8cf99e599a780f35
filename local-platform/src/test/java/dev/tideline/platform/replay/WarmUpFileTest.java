package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    private final List<String> lines = new ArrayList<>();
    private final Console console = new Console() {
        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void progress(String step, double fraction, String detail) {}
    };
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models/m/metadata", exchange -> {
            byte[] answer = METADATA.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
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
        assertThat(lines.getFirst()).startsWith("3 requests in ").endsWith("assets.extra/tf_serving_warmup_requests in the version's folder");
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
        assertThat(lines.getFirst()).startsWith("no prediction of m in ");
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
        Map<String, Feature> all = new HashMap<>(features);
        all.putAll(Map.of("tideline/id", Feature.text("a-0"), "tideline/model", Feature.text("m"), "tideline/signature", Feature.text(signature)));
        return all;
    }

    private static Map<String, Feature> other() {
        var other = logged("serving_default", row(99));
        other.put("tideline/model", Feature.text("other"));
        return other;
    }

    private List<PredictionLog> write(int records, List<Map<String, Feature>> logged) throws Exception {
        Path log = folder.resolve("predictions-1.tfrecord");
        Files.deleteIfExists(log);
        try (TfRecordWriter writer = TfRecordWriter.create(log)) {
            for (Map<String, Feature> record : logged) {
                writer.write(Example.of(record).encode());
            }
        }
        Path out = folder.resolve("out/requests");
        var service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        List<PredictionLog> written = new ArrayList<>();
        if (new WarmUpFile(new WarmUpOptions(log, service, "m", records, out), console).run()) {
            try (TfRecordReader reader = TfRecordReader.open(out)) {
                for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
                    written.add(PredictionLog.parseFrom(bytes));
                }
            }
        }
        return written;
    }
}
