package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.platform.stack.LaunchException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private StandIn service;

    @BeforeEach
    void serve() throws IOException {
        service = new StandIn(METADATA);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private boolean replay(List<Map<String, Feature>> records) throws Exception {
        StandIn.log(folder, records);
        return new ReplayLog(new ReplayOptions(folder, service.uri(), "m", 10_000, 1e-4), service.console()).run();
    }

    private static Map<String, Feature> row(float y, long n) {
        return Map.of("x", Feature.floats(1, 2, 3, 4), "n", Feature.longs(n), "b", Feature.longs(1), "output/y", Feature.floats(y),
                "output/label", Feature.text("a"));
    }

    @Test
    void asksAgainInTheShapesAndTypesOfTheSignature() throws Exception {
        assertThat(replay(List.of(StandIn.logged("a-0", "serving_default", row(0.5f, 7))))).isTrue();

        JsonNode instance = JSON.readTree(service.asked().getFirst()).path("instances").path(0);
        assertThat(instance).isEqualTo(JSON.readTree("{\"b\":[true],\"n\":7,\"x\":[[1.0,2.0],[3.0,4.0]]}"));
        assertThat(service.lines().getFirst()).contains("1 requests").contains("0 failed, 0 answers differ");
    }

    @Test
    void serialisesFeaturesThatWereInsideOfAnExample() throws Exception {
        replay(List.of(StandIn.logged("a-0", "classes", Map.of("age", Feature.longs(36), "output/y", Feature.floats(0.5f)))));

        byte[] example = Base64.getDecoder().decode(
                JSON.readTree(service.asked().getFirst()).path("instances").path(0).path("b64").asString());
        assertThat(Example.decode(example).features()).isEqualTo(Map.of("age", Feature.longs(36)));
    }

    @Test
    void tellsAnswersThatDifferAndRequestsThatFail() throws Exception {
        boolean all = replay(List.of(StandIn.logged("same", "serving_default", row(0.50001f, 7)), StandIn.logged("other", "serving_default", row(0.6f, 7)),
                StandIn.logged("failing", "serving_default", row(0.5f, 999))));

        assertThat(all).isFalse();
        assertThat(service.lines().getFirst()).contains("3 requests").contains("1 failed, 1 answers differ");
        assertThat(service.lines()).contains("differs: other").anyMatch(line -> line.startsWith("failed: failing: 500"));
    }

    @Test
    void leavesOtherModelsOut() throws Exception {
        Map<String, Feature> other = new HashMap<>(StandIn.logged("b-0", "serving_default", row(0.5f, 1)));
        other.put("tideline/model", Feature.text("other"));

        assertThat(replay(List.of(other))).isFalse();
        assertThat(service.asked()).isEmpty();
        assertThat(service.lines().getFirst()).contains("nothing to replay");
    }

    @Test
    void namesAFileThatIsNoLog() throws Exception {
        Path file = Files.writeString(folder.resolve("text.tfrecord"), "no TFRecords at all, but long enough for a header");

        assertThatThrownBy(() -> new ReplayLog(new ReplayOptions(file, URI.create("http://127.0.0.1:1"), null, 1, 0), service.console()).run())
                .isInstanceOf(LaunchException.class).hasMessageContaining("text.tfrecord").hasMessageContaining("expected: TFRecords");
    }
}
