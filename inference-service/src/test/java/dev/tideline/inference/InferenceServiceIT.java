package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.inference.Platform.Answer;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServiceTest
class InferenceServiceIT extends Platform {

    InferenceServiceIT(@Value("${local.server.port}") int port) {
        super(port);
    }

    @Test
    void servesThePromotedVersionAndLogsEveryRow() {
        writeModel("trips", 1, 2);
        promote("trips", 1, 1);
        awaitVersion("trips", 1, "AVAILABLE");

        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> response = post("/v1/models/trips:predict", """
                {"instances": [{"x": 1, "n": 10, "s": "a"}, {"x": 2.5, "n": 20, "s": "ä"}]}""",
                Map.of("Tideline-Request-Id", "req-7", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Tideline-Model-Version")).contains("1");
        assertThat(response.headers().firstValue("Tideline-Request-Id")).contains("req-7");
        assertThat(response.body()).isEqualTo("""
                {
                    "predictions": [
                        {
                            "echo": "a",
                            "next": 11,
                            "y": 12.0
                        },
                        {
                            "echo": "ä",
                            "next": 21,
                            "y": 25.0
                        }
                    ]
                }""");
        List<ConsumerRecord<String, byte[]>> logged = awaitRecords(Topics.PREDICTIONS, record -> record.key().startsWith("req-7-"), 2);
        assertThat(logged).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("req-7-0", "req-7-1");
        ConsumerRecord<String, byte[]> second = logged.stream().filter(r -> r.key().equals("req-7-1")).findFirst().orElseThrow();
        assertThat(Example.decode(second.value()).features()).isEqualTo(Map.of(
                "x", Feature.floats(2.5f), "n", Feature.longs(20), "s", Feature.text("ä"),
                "output/y", Feature.floats(25), "output/next", Feature.longs(21), "output/echo", Feature.text("ä")));
        assertThat(header(second, RecordHeaders.MODEL)).isEqualTo("trips");
        assertThat(header(second, RecordHeaders.MODEL_VERSION)).isEqualTo("1");
        assertThat(header(second, RecordHeaders.SIGNATURE)).isEqualTo("serving_default");
        assertThat(header(second, RecordHeaders.SCHEMA_FINGERPRINT)).isEqualTo("fingerprint-trips");
        assertThat(header(second, RecordHeaders.CONTENT_TYPE)).isEqualTo(RecordHeaders.EXAMPLE);
        assertThat(header(second, "traceparent")).matches("00-" + trace + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
    }

    @Test
    void keepsOldVersionWhenThePromotedOneIsBroken() throws Exception {
        writeModel("fragile", 1, 2);
        promote("fragile", 1, 1);
        awaitVersion("fragile", 1, "AVAILABLE");
        Files.write(writeModel("fragile", 2, 3).resolve("saved_model.pb"), new byte[] {1, 2, 3});
        promote("fragile", 2, 2);
        awaitVersion("fragile", 2, "END");

        Answer answer = half("fragile", 4);
        assertThat(answer.version()).isEqualTo("1");
        assertThat(answer.body()).contains("4.0");
        List<DeploymentEvent> events = awaitDeployments("fragile", DeploymentEvent.State.FAILED);
        assertThat(events.getLast().message()).contains("expected: a whole SavedModel");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void answersInTensorFlowServingsErrorForm() {
        writeModel("errors", 1, 2);
        promote("errors", 1, 1);
        awaitVersion("errors", 1, "AVAILABLE");

        assertThat(post("/v1/models/errors:predict", "{\"instances\": [", Map.of())).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).isEqualTo("{\n    \"error\": \"JSON Parse error: Invalid value. at offset: 15\"\n}");
        });
        assertThat(post("/v1/models/unknown:predict", "{\"instances\": [1]}", Map.of())).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(404);
            assertThat(r.body()).contains("Servable not found for request: Latest(unknown)");
        });
        assertThat(get("/v1/models/unknown").statusCode()).isEqualTo(404);
        assertThat(get("/v1/foo").body()).contains("Malformed request: GET /v1/foo");
    }

    @Test
    void tellsStatusAndMetadata() {
        writeModel("told", 3, 2);
        promote("told", 3, 3);
        awaitVersion("told", 3, "AVAILABLE");

        assertThat(get("/V1/Models/told/versions/3").body()).isEqualTo("""
                {
                 "model_version_status": [
                  {
                   "version": "3",
                   "state": "AVAILABLE",
                   "status": {
                    "error_code": "OK",
                    "error_message": ""
                   }
                  }
                 ]
                }
                """);
        assertThat(get("/v1/models/told/metadata").body()).contains("\"method_name\": \"tensorflow/serving/predict\"");
        assertThat(get("/v1/models/told/labels/champion/metadata").body()).contains("\"version\": \"3\"");
    }

    @Test
    void withdrawsWhatIsNoLongerWanted() {
        writeModel("gone", 1, 2);
        promote("gone", 1, 1);
        awaitVersion("gone", 1, "AVAILABLE");
        promote("gone", 1);
        awaitVersion("gone", 1, "END");

        assertThat(post("/v1/models/gone:predict", "{\"instances\": [1]}", Map.of()).statusCode()).isEqualTo(404);
        assertThat(awaitDeployments("gone", DeploymentEvent.State.WITHDRAWN)).extracting(DeploymentEvent::state)
                .containsExactly(DeploymentEvent.State.LOADING, DeploymentEvent.State.LIVE, DeploymentEvent.State.WITHDRAWN);
    }

    @Test
    void passesOverAMalformedEvent() {
        writeModel("after", 1, 2);
        send(Topics.MODEL_VERSIONS, "after", "{not json".getBytes(StandardCharsets.UTF_8));
        promote("after", 1, 1);

        awaitVersion("after", 1, "AVAILABLE");
    }

    @Test
    void refusesPathsThatLeaveTheStore() {
        promote("escape", 1, Map.of(1L, "../../etc"), Map.of());
        writeModel("escape", 2, 2);
        promote("escape", 2, 2);
        awaitVersion("escape", 2, "AVAILABLE");

        assertThat(get("/v1/models/escape").body()).doesNotContain("\"version\": \"1\"");
    }

    @Test
    void exposesMetersPerModelAndVersion() {
        writeModel("metered", 1, 2);
        promote("metered", 1, 1);
        awaitVersion("metered", 1, "AVAILABLE");
        half("metered", 4);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
                .contains("tideline_inference_rows_total{model=\"metered\"")
                .contains("tideline_inference_batch_rows_count{model=\"metered\"")
                .contains("tideline_inference_native_sessions"));
    }
}
