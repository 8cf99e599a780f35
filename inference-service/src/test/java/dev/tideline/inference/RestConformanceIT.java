package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.inference.tensorflow.ExampleModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;

/**
 * TensorFlow Serving's own REST cases, by their number in its handler's tests (R) and end-to-end tests (E). Cases of the JSON codec alone
 * are in {@code rest.PredictRequestTest}, {@code rest.PredictResponseTest} and {@code rest.ExampleRequestTest}.
 */
@ServiceTest
class RestConformanceIT extends Platform {

    private static final String ODD = "m!#$&'()*+,:;=?@[]";
    private static final String ODD_ENCODED = "m%21%23%24%26%27%28%29%2A%2B%2C%3A%3B%3D%3F%40%5B%5D";

    RestConformanceIT(@Value("${local.server.port}") int port) {
        super(port);
    }

    @BeforeEach
    void serve() {
        if (get("/v1/models/classic").statusCode() == 404) {
            ExampleModels.write(ROOT.resolve("models/classic/123"));
            Map<Long, String> serving = Map.of(123L, "models/classic/123");
            promote("classic", 123, serving, Map.of(ModelVersionEvent.CHAMPION, 123L, "L", 123L));
            promote(ODD, 123, serving, Map.of("a/b", 123L));
            ExampleModels.writeFive(ROOT.resolve("models/golden/123"));
            promote("golden", 123, 123);
        }
        awaitVersion("classic", 123, "AVAILABLE");
        awaitVersion(ODD_ENCODED, 123, "AVAILABLE");
        awaitVersion("golden", 123, "AVAILABLE");
    }

    private HttpResponse<String> call(String path, String body) {
        return post(path, body, Map.of());
    }

    private void answers(String path, String body, String compact) {
        HttpResponse<String> response = call(path, body);
        assertThat(response.body().replaceAll("\\s", "")).isEqualTo(compact);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @DisplayName("R01-R05: malformed paths")
    @ParameterizedTest
    @CsvSource({
        "/v1/foo, Malformed request", "/v1/models, Missing model name", "/v1/models/debug/model_name, Malformed request",
        "/v1/models/classic:predict, Malformed request", "/v1/models/classic/version/50, Malformed request",
        "/v1/models/classic/versions/HELLO, Malformed request", "/v1/models/classic/versions/18446744073709551615, Failed to convert version"
    })
    void refusesMalformedPaths(String path, String message) {
        assertThat(get(path)).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).contains(message);
        });
    }

    @Test
    @DisplayName("R06: other paths are not matched")
    void leavesOtherPathsAlone() {
        assertThat(get("/statuspage").statusCode()).isEqualTo(404);
        assertThat(get("/index").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("R07: unknown model and version")
    void namesWhatIsNotFound() {
        assertThat(call("/v1/models/unknown:predict", "{\"instances\": [1]}").statusCode()).isEqualTo(404);
        assertThat(call("/v1/models/classic/versions/9:predict", "{\"instances\": [1]}").statusCode()).isEqualTo(404);
        assertThat(get("/v1/models/classic/versions/9").body()).contains("Could not find version 9 of model classic");
    }

    @Test
    @DisplayName("R08: bodies that are no request")
    void refusesBodiesThatAreNoRequest() {
        assertThat(call("/v1/models/classic:predict", "").body()).contains("document is empty");
        assertThat(call("/v1/models/classic:predict", "instances = [1, 2]").body()).contains("Invalid value");
        assertThat(call("/v1/models/classic:predict", "{\"instances\": [\"a\"]}").body()).contains("not of expected type: float");
    }

    @Test
    @DisplayName("R09, R10: unknown label, signature name that is no text")
    void refusesUnknownLabelAndOddSignatureName() {
        assertThat(call("/v1/models/classic/labels/none:predict", "{\"instances\": [1]}").body())
                .contains("Unrecognized servable version label");
        assertThat(call("/v1/models/classic:predict", "{\"signature_name\": 100, \"instances\": [1]}").body())
                .contains("'signature_name' key must be a string value");
    }

    @Test
    @DisplayName("R11, R12, E17, E18: predict by row and by column; latest, version, label, signature")
    void predicts() {
        answers("/v1/models/classic:predict", "{\"instances\": [2, 3, 4]}", "{\"predictions\":[3.0,3.5,4.0]}");
        answers("/v1/models/classic/versions/123:predict", "{\"instances\": [1.0, 2.0]}", "{\"predictions\":[2.5,3.0]}");
        answers("/v1/models/classic/labels/L:predict", "{\"signature_name\": \"serving_default\", \"instances\": [{\"x\": 3}]}",
                "{\"predictions\":[3.5]}");
        answers("/v1/models/classic:predict", "{\"inputs\": {\"x\": [3, 4]}}", "{\"outputs\":[3.5,4.0]}");
    }

    /** What TensorFlow Serving prints, to the byte. */
    private void prints(String path, String body, String text) {
        assertThat(call(path, body).body()).isEqualTo(text);
    }

    @Test
    @DisplayName("R11, E15-E18: the very text of answers, shapes beside the signature's included")
    void printsAnswersAsTensorFlowServingDoes() {
        String rows = "{\n    \"predictions\": [[2.5, 3.0], [3.5, 4.0]\n    ]\n}";
        prints("/v1/models/golden:predict", "{\"instances\": [[1, 2], [3, 4]]}", rows);
        prints("/v1/models/golden:predict", "{\"instances\": [2, 3, 4]}", "{\n    \"predictions\": [3.0, 3.5, 4.0\n    ]\n}");
        prints("/v1/models/golden:predict", "{\"inputs\": [[2], [3]]}", "{\n    \"outputs\": [\n        [\n            3.0\n        ],\n        [\n            3.5\n        ]\n    ]\n}");
        prints("/v1/models/golden:regress", "{\"signature_name\": \"regress_x_to_y2\", \"examples\": [{\"x\": 2.0}]}",
                "{\n    \"results\": [4.0]\n}");
        prints("/v1/models/golden:classify", "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 2.0}]}",
                "{\n    \"results\": [[[\"\", 3.0]]\n    ]\n}");
    }

    @Test
    @DisplayName("E19, E20, R16: the very text of status and metadata")
    void printsStatusAndMetadataAsTensorFlowServingDoes() throws IOException {
        try (InputStream golden = RestConformanceIT.class.getResourceAsStream("half_plus_two_metadata.json")) {
            assertThat(get("/v1/models/golden/metadata").body()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(get("/v1/models/golden").body()).isEqualTo("""
                {
                 "model_version_status": [
                  {
                   "version": "123",
                   "state": "AVAILABLE",
                   "status": {
                    "error_code": "OK",
                    "error_message": ""
                   }
                  }
                 ]
                }
                """);
    }

    @Test
    @DisplayName("shapes that neither the signature nor the graph takes")
    void namesShapesThatTheGraphRefuses() {
        writeModel("shapes", 1, 2);
        promote("shapes", 1, 1);
        awaitVersion("shapes", 1, "AVAILABLE");

        assertThat(call("/v1/models/shapes:predict", "{\"inputs\": {\"x\": [[1, 2]], \"n\": [1, 2, 3], \"s\": [\"a\"]}}")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("input x: shape [1,2] (expected: [-1])");
        });
    }

    @Test
    @DisplayName("R13, E16: regress")
    void regresses() {
        answers("/v1/models/classic:regress", "{\"signature_name\": \"regress_x_to_y\", \"examples\": [{\"x\": 80.0}]}",
                "{\"results\":[42.0]}");
    }

    @Test
    @DisplayName("R14, E15: classify")
    void classifies() {
        answers("/v1/models/classic/labels/L:classify", "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 20.0}]}",
                "{\"results\":[[[\"\",12.0]]]}");
    }

    @Test
    @DisplayName("R15, R16: status by model, version and label are the same; metadata")
    void tellsStatusAndMetadata() {
        String status = get("/v1/models/classic").body();
        assertThat(get("/v1/models/classic/versions/123").body()).isEqualTo(status);
        assertThat(get("/v1/models/classic/labels/L").body()).isEqualTo(status);
        assertThat(get("/v1/models/classic/metadata").body()).contains("\"version\": \"123\"", "\"regress_x_to_y\"");
    }

    @Test
    @DisplayName("R17: names with reserved characters")
    void takesNamesWithReservedCharacters() {
        answers("/v1/models/" + ODD_ENCODED + ":predict", "{\"instances\": [2]}", "{\"predictions\":[3.0]}");
        answers("/v1/models/" + ODD_ENCODED + "/labels/a%2Fb:predict", "{\"instances\": [2]}", "{\"predictions\":[3.0]}");
        assertThat(get("/v1/models/" + ODD_ENCODED + "/metadata").body()).contains("\"name\": \"" + ODD + "\"");
    }

    @Test
    @DisplayName("H01: gzip bodies, valid and not")
    void inflatesBodies() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"instances\": [2]}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(post("/v1/models/classic:predict", zipped.toByteArray(), Map.of("Content-Encoding", "gzip")).body()).contains("3.0");
        assertThat(post("/v1/models/classic:predict", new byte[] {1, 2}, Map.of("Content-Encoding", "gzip")).statusCode()).isEqualTo(400);
    }
}
