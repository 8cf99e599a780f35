package dev.tideline.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.contracts.DataWindow;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DatasetsTest {

    private static final String SEALED = "{\"dataset\":\"trips\",\"version\":3,\"records\":50,\"manifest\":\"datasets/trips/versions/3/manifest.json\"}";

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private volatile @Nullable String authorization;
    private HttpServer server;
    private Datasets datasets;

    private record Reply(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var reply = replies.size() > 1 ? replies.poll() : replies.peek();
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        datasets = datasets(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSchemaIsRead() {
        replies.add(new Reply(200, "{\"name\":\"trips\",\"schema\":{\"version\":2,\"features\":[{\"name\":\"x\",\"kind\":\"FLOAT\"}]}}"));

        assertThat(datasets.schema("trips").version()).isEqualTo(2);
        assertThat(requests).containsExactly("GET /v1/datasets/trips ");
    }

    @Test
    void aVersionIsSealedUnderTheRequestId() throws InterruptedException {
        replies.add(new Reply(201, SEALED));

        var sealed = datasets.seal("trips", new DataWindow.Last(50), "job-1", Duration.ofHours(6));

        assertThat(sealed).isEqualTo(new SealedData("trips", 3, 50, "datasets/trips/versions/3/manifest.json", null));
        assertThat(requests).containsExactly(
            "POST /v1/datasets/trips/versions {\"window\":{\"rule\":\"last\",\"records\":50},\"requestId\":\"job-1\","
                + "\"trigger\":\"TRAINING\",\"pin\":{\"owner\":\"job:job-1\",\"reason\":\"a training job reads it\",\"for\":\"PT6H\"}}");
    }

    @Test
    void theApiKeyIsSent() throws InterruptedException {
        replies.add(new Reply(201, SEALED));

        datasets(server.getAddress().getPort(), "0123456789abcdef").seal("trips", new DataWindow.All(), "r", Duration.ofHours(1));

        assertThat(authorization).isEqualTo("Bearer 0123456789abcdef");
    }

    @Test
    void nothingIsSentWithoutAKey() throws InterruptedException {
        replies.add(new Reply(201, SEALED));

        datasets(server.getAddress().getPort(), " ").seal("trips", new DataWindow.All(), "r", Duration.ofHours(1));

        assertThat(authorization).isNull();
    }

    @Test
    void theKeyIsNotPrinted() {
        var properties = new IngestProperties(URI.create("http://x"), "0123456789abcdef", Duration.ZERO, Duration.ZERO, 1, Duration.ZERO);

        assertThat(properties.toString()).isEqualTo("IngestProperties[url=http://x, apiKey=set]");
    }

    @Test
    void anUnknownDatasetIsTheCallersMistake() {
        replies.add(new Reply(404, "{\"code\":\"UNKNOWN_DATASET\",\"detail\":\"dataset: trips (expected: a declared dataset)\"}"));

        assertFails(() -> datasets.schema("trips"), DatasetError.UNKNOWN_DATASET, "dataset: trips (expected: a declared dataset)");
    }

    @Test
    void noRecordsIsSaidInIngestsOwnWords() {
        replies.add(new Reply(409, "{\"code\":\"NO_RECORDS\",\"detail\":\"nothing in the window\"}"));

        assertFails(() -> datasets.seal("trips", new DataWindow.All(), "r", Duration.ofHours(1)), DatasetError.NO_RECORDS, "nothing in the window");
        assertThat(requests).hasSize(1);
    }

    @Test
    void anyOtherRefusalIsPassedOn() {
        replies.add(new Reply(409, "{\"code\":\"REQUEST_ID_REUSED\",\"detail\":\"used before\"}"));

        assertFails(() -> datasets.seal("trips", new DataWindow.All(), "r", Duration.ofHours(1)), DatasetError.DATASET_REFUSED, "used before");
    }

    @Test
    void aRefusalThatIsNoProblemDocumentIsStillOne() {
        replies.add(new Reply(400, "<html>"));

        assertThatThrownBy(() -> datasets.schema("trips")).isInstanceOf(TidelineException.class);
    }

    @Test
    void aFailureThatPassesIsTriedAgain() throws InterruptedException {
        replies.add(new Reply(503, "{\"code\":\"DATABASE_UNAVAILABLE\",\"detail\":\"down\"}"));
        replies.add(new Reply(503, ""));
        replies.add(new Reply(201, SEALED));

        assertThat(datasets.seal("trips", new DataWindow.All(), "r", Duration.ofHours(1)).version()).isEqualTo(3);
        assertThat(requests).hasSize(3);
    }

    @Test
    void tryingEnds() {
        replies.add(new Reply(503, "{\"detail\":\"down\"}"));

        assertFails(() -> datasets.seal("trips", new DataWindow.All(), "r", Duration.ofHours(1)), DatasetError.INGEST_UNAVAILABLE,
            "ingest-service: status 503, down (expected: an answer about dataset trips)");
        assertThat(requests).hasSize(3);
    }

    @Test
    void nobodyAtHomeIsUnavailable() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertFails(() -> datasets(port).schema("trips"), DatasetError.INGEST_UNAVAILABLE, "does not answer");
    }

    private static Datasets datasets(int port) {
        return datasets(port, null);
    }

    private static Datasets datasets(int port, @Nullable String key) {
        return new Datasets(new IngestProperties(URI.create("http://127.0.0.1:" + port), key, Duration.ofSeconds(2), Duration.ofSeconds(5), 3,
            Duration.ofMillis(1)), JsonMapper.builder().build());
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, DatasetError code, String message) {
        assertThatThrownBy(call).asInstanceOf(type(TidelineException.class)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage()).contains(message);
        });
    }
}
