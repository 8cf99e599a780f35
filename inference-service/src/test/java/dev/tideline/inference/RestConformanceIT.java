package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.inference.tensorflow.ExampleModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/**
 * TensorFlow Serving's own REST cases, by their number in its handler's tests (R) and end-to-end tests (E). Cases of the JSON codec alone
 * are in {@code rest.JsonConformanceTest}.
 */
@ServiceTest
class RestConformanceIT extends Platform {

    private static final String CLASSIC = "/v1/models/classic";
    private static final String ODD = "m!#$&'()*+,:;=?@[]";
    private static final String ODD_ENCODED = "m%21%23%24%26%27%28%29%2A%2B%2C%3A%3B%3D%3F%40%5B%5D";

    private final int port;

    RestConformanceIT(@Value("${local.server.port}") int port) {
        super(port);
        this.port = port;
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

    private void malformed(String method, String path, String message) {
        assertThat(method.equals("GET") ? get(path) : call(path, "{}")).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).contains(message);
        });
    }

    @ParameterizedTest
    @DisplayName("R01: paths of no model")
    @ValueSource(strings = {"GET", "POST"})
    void refusesPathsOfNoModel(String method) {
        malformed(method, "/v1/foo", "Malformed request: " + method + " /v1/foo");
    }

    @Test
    @DisplayName("R02: no model named")
    void refusesPathsWithoutAName() {
        malformed("GET", "/v1/models", "Missing model name");
    }

    @ParameterizedTest
    @DisplayName("R03: paths that stand with another method, or with none")
    @CsvSource({"GET, /v1/models/debug/model_name", "POST, /v1/models", "GET, /v1/models/classic:predict", "POST, /v1/models/classic/metadata"})
    void refusesPathsWithTheOtherMethod(String method, String path) {
        malformed(method, path, "Malformed request: " + method + " " + path);
    }

    @ParameterizedTest
    @DisplayName("R04: versions and labels in forms that there are not")
    @ValueSource(strings = {"/version/50", "/label/x", "/versions/HELLO", "/versions/50/labels/x"})
    void refusesOddVersionsAndLabels(String path) {
        malformed("GET", CLASSIC + path, "Malformed request: GET " + CLASSIC + path);
        malformed("POST", CLASSIC + path + ":predict", "Malformed request: POST " + CLASSIC + path);
    }

    @Test
    @DisplayName("R05: a version of more than 64 bits")
    void refusesNumbersBeyondAVersion() {
        malformed("GET", CLASSIC + "/versions/18446744073709551615", "Failed to convert version");
        malformed("POST", CLASSIC + "/versions/18446744073709551615:predict", "Failed to convert version");
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
        assertThat(call(CLASSIC + "/versions/9:predict", "{\"instances\": [1]}").statusCode()).isEqualTo(404);
        assertThat(get("/v1/models/unknown").body()).contains("Could not find any versions of model unknown");
        assertThat(get(CLASSIC + "/versions/9").body()).contains("Could not find version 9 of model classic");
        assertThat(get(CLASSIC + "/versions/9/metadata").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @DisplayName("R08: bodies that are no request")
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "|| ; document is empty", "instances = [1, 2] ; Invalid value", "{\"instances\": [\"a\"]} ; not of expected type: float"
    })
    void refusesBodiesThatAreNoRequest(String body, String message) {
        assertThat(call(CLASSIC + ":predict", body)).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).contains(message);
        });
    }

    @Test
    @DisplayName("R09: unknown label")
    void refusesUnknownLabels() {
        assertThat(call(CLASSIC + "/labels/none:predict", "{\"instances\": [1]}")).satisfies(r -> {
            assertThat(r.statusCode()).isEqualTo(400);
            assertThat(r.body()).contains("Unrecognized servable version label");
        });
    }

    @Test
    @DisplayName("R10: a signature name that is no text; errors are JSON of one form")
    void refusesOddSignatureNames() {
        HttpResponse<String> answer = call(CLASSIC + ":predict", "{\"signature_name\": 100, \"instances\": [1]}");

        assertThat(answer.body()).matches("(?s)\\{\\s*\"error\": \".*'signature_name' key must be a string value.*\"\\s*}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    @DisplayName("R11: predict by row, of the latest version")
    void predictsByRow() {
        answers("/v1/models/golden:predict", "{\"instances\": [[1, 2], [3, 4]]}", "{\"predictions\":[[2.5,3.0],[3.5,4.0]]}");
    }

    @Test
    @DisplayName("R12: predict by version, label, signature and column")
    void predictsByVersionAndLabel() {
        answers(CLASSIC + "/versions/123:predict", "{\"instances\": [1.0, 2.0]}", "{\"predictions\":[2.5,3.0]}");
        answers(CLASSIC + "/labels/L:predict", "{\"instances\": [1.0, 2.0]}", "{\"predictions\":[2.5,3.0]}");
        answers(CLASSIC + ":predict", "{\"signature_name\": \"serving_default\", \"instances\": [{\"x\": 3}, {\"x\": 4}]}", "{\"predictions\":[3.5,4.0]}");
        answers(CLASSIC + ":predict", "{\"inputs\": {\"x\": [3, 4]}}", "{\"outputs\":[3.5,4.0]}");
    }

    /** What TensorFlow Serving prints, to the byte. */
    private void prints(String path, String body, String text) {
        assertThat(call(path, body).body()).isEqualTo(text);
    }

    @Test
    @DisplayName("E15: the very text of a classification")
    void printsClassifications() {
        prints("/v1/models/golden:classify", "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 2.0}]}",
                "{\n    \"results\": [[[\"\", 3.0]]\n    ]\n}");
    }

    @Test
    @DisplayName("E16: the very text of a regression")
    void printsRegressions() {
        prints("/v1/models/golden:regress", "{\"signature_name\": \"regress_x_to_y\", \"examples\": [{\"x\": 2.0}]}",
                "{\n    \"results\": [3.0]\n}");
        prints("/v1/models/golden:regress", "{\"signature_name\": \"regress_x_to_y2\", \"examples\": [{\"x\": 2.0}]}",
                "{\n    \"results\": [4.0]\n}");
    }

    @Test
    @DisplayName("E17: the very text of rows, shapes beside the signature's included")
    void printsRows() {
        prints("/v1/models/golden:predict", "{\"instances\": [2, 3, 4]}", "{\n    \"predictions\": [3.0, 3.5, 4.0\n    ]\n}");
        prints("/v1/models/golden:predict", "{\"instances\": [[1, 2], [3, 4]]}", "{\n    \"predictions\": [[2.5, 3.0], [3.5, 4.0]\n    ]\n}");
    }

    @Test
    @DisplayName("E18: the very text of columns")
    void printsColumns() {
        prints("/v1/models/golden:predict", "{\"inputs\": [[2], [3]]}",
                "{\n    \"outputs\": [\n        [\n            3.0\n        ],\n        [\n            3.5\n        ]\n    ]\n}");
    }

    @Test
    @DisplayName("E26: two signatures of one model; examples go to the graph whatever type the signature names")
    void answersBySignature() {
        answers("/v1/models/golden:predict", "{\"instances\": [[2]]}", "{\"predictions\":[[3.0]]}");
        answers("/v1/models/golden:predict", "{\"signature_name\": \"regress_x2_to_y3\", \"instances\": [[2]]}", "{\"predictions\":[[4.0]]}");
        assertThat(call("/v1/models/golden:regress", "{\"signature_name\": \"regress_x2_to_y3\", \"examples\": [{\"x2\": 2.0}]}"))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.body()).contains("float").contains("string");
                });
    }

    @DisplayName("what is no proper HTTP is refused in the form of all errors")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "GET /v1/models/%zz HTTP/1.1~Host: h~Connection: close~~ ; Malformed request: GET /v1/models/%zz",
        "POST /v1/models/classic:predict HTTP/1.1~Host: h~Content-Length: -5~Connection: close~~ ; Malformed request: POST"
    })
    void refusesBrokenHttpInTheFormOfAllErrors(String request, String error) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400").contains("application/json").contains("\"error\": \"" + error);
        }
    }

    @Test
    @DisplayName("E20, R16: metadata, to the byte as in the golden file, with and without a version")
    void printsMetadata() throws IOException {
        try (InputStream golden = RestConformanceIT.class.getResourceAsStream("half_plus_two_metadata.json")) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(get("/v1/models/golden/metadata").body()).isEqualTo(text);
            assertThat(get("/v1/models/golden/versions/123/metadata").body()).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("E19: the very text of a status")
    void printsStatus() {
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

    @ParameterizedTest
    @DisplayName("R13: regress by the latest version, by version and by label")
    @ValueSource(strings = {"", "/versions/123", "/labels/L"})
    void regresses(String choice) {
        answers(CLASSIC + choice + ":regress", "{\"signature_name\": \"regress_x_to_y\", \"examples\": [{\"x\": 80.0}]}",
                "{\"results\":[42.0]}");
    }

    @Test
    @DisplayName("R14: classify, by the latest version and by label")
    void classifies() {
        answers(CLASSIC + ":classify", "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 20.0}]}", "{\"results\":[[[\"\",12.0]]]}");
        answers(CLASSIC + "/labels/L:classify", "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 10.0}]}",
                "{\"results\":[[[\"\",7.0]]]}");
    }

    @Test
    @DisplayName("R15: status by model, version and label is the same")
    void tellsStatus() {
        String status = get(CLASSIC).body();

        assertThat(status).contains("\"state\": \"AVAILABLE\"");
        assertThat(get(CLASSIC + "/versions/123").body()).isEqualTo(status);
        assertThat(get(CLASSIC + "/labels/L").body()).isEqualTo(status);
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
