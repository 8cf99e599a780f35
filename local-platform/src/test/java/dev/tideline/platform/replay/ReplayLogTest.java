package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayLogTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String METADATA = """
            {"metadata": {"signature_def": {"signature_def": {
              "serving_default": {"inputs": {
                "x": {"dtype": "DT_FLOAT", "tensor_shape": {"dim": [{"size": "-1"}, {"size": "2"}, {"size": "2"}]}},
                "n": {"dtype": "DT_INT64", "tensor_shape": {"dim": [{"size": "-1"}]}},
                "b": {"dtype": "DT_BOOL", "tensor_shape": {"dim": [{"size": "-1"}, {"size": "1"}]}}}},
              "classes": {"inputs": {"inputs": {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": "-1"}]}}}}}}}}""";

    @TempDir
    Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
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
        server.createContext("/v1/models/m", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean metadata = exchange.getRequestURI().getPath().endsWith("/metadata");
            if (!metadata) {
                asked.add(body);
            }
            byte[] answer = (metadata ? METADATA : "{\"predictions\": [{\"y\": [0.5], \"label\": \"a\"}]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.contains("999") ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Map<String, Feature> logged(String id, String signature, Map<String, Feature> features) {
        Map<String, Feature> all = new HashMap<>(features);
        all.putAll(Map.of("tideline/id", Feature.text(id), "tideline/model", Feature.text("m"), "tideline/signature", Feature.text(signature)));
        return all;
    }

    private boolean replay(List<Map<String, Feature>> records) throws Exception {
        try (TfRecordWriter writer = TfRecordWriter.create(folder.resolve("predictions-1.tfrecord"))) {
            for (Map<String, Feature> record : records) {
                writer.write(Example.of(record).encode());
            }
        }
        return new ReplayLog(new ReplayOptions(folder, URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "m", 10_000, 1e-4),
                console).run();
    }

    private static Map<String, Feature> row(float y, long n) {
        return Map.of("x", Feature.floats(1, 2, 3, 4), "n", Feature.longs(n), "b", Feature.longs(1), "output/y", Feature.floats(y),
                "output/label", Feature.text("a"));
    }

    @Test
    void asksAgainInTheShapesAndTypesOfTheSignature() throws Exception {
        assertThat(replay(List.of(logged("a-0", "serving_default", row(0.5f, 7))))).isTrue();

        JsonNode instance = JSON.readTree(asked.getFirst()).path("instances").path(0);
        assertThat(instance).isEqualTo(JSON.readTree("{\"b\":[true],\"n\":7,\"x\":[[1.0,2.0],[3.0,4.0]]}"));
        assertThat(lines.getFirst()).contains("1 requests").contains("0 failed, 0 answers differ");
    }

    @Test
    void serialisesFeaturesThatWereInsideOfAnExample() throws Exception {
        replay(List.of(logged("a-0", "classes", Map.of("age", Feature.longs(36), "output/y", Feature.floats(0.5f)))));

        byte[] example = Base64.getDecoder().decode(
                JSON.readTree(asked.getFirst()).path("instances").path(0).path("b64").asString());
        assertThat(Example.decode(example).features()).isEqualTo(Map.of("age", Feature.longs(36)));
    }

    @Test
    void tellsAnswersThatDifferAndRequestsThatFail() throws Exception {
        boolean all = replay(List.of(logged("same", "serving_default", row(0.50001f, 7)), logged("other", "serving_default", row(0.6f, 7)),
                logged("failing", "serving_default", row(0.5f, 999))));

        assertThat(all).isFalse();
        assertThat(lines.getFirst()).contains("3 requests").contains("1 failed, 1 answers differ");
        assertThat(lines).contains("differs: other").anyMatch(line -> line.startsWith("failed: failing: 500"));
    }

    @Test
    void leavesOtherModelsOut() throws Exception {
        Map<String, Feature> other = new HashMap<>(logged("b-0", "serving_default", row(0.5f, 1)));
        other.put("tideline/model", Feature.text("other"));

        assertThat(replay(List.of(other))).isFalse();
        assertThat(asked).isEmpty();
        assertThat(lines.getFirst()).contains("nothing to replay");
    }

    @Test
    void namesAFileThatIsNoLog() throws Exception {
        Path file = Files.writeString(folder.resolve("text.tfrecord"), "no TFRecords at all, but long enough for a header");

        assertThatThrownBy(() -> new ReplayLog(new ReplayOptions(file, URI.create("http://127.0.0.1:1"), null, 1, 0), console).run())
                .isInstanceOf(LaunchException.class).hasMessageContaining("text.tfrecord").hasMessageContaining("expected: TFRecords");
    }
}
