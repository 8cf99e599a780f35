package dev.tideline.platform.demo;

import dev.tideline.platform.stack.ServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks inference-service for predictions, as any client of TensorFlow Serving's REST API would. */
final class PredictionClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String REQUEST_ID = "Tideline-Request-Id";
    private static final String VERSION = "Tideline-Model-Version";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;

    PredictionClient(URI base) {
        this.base = base;
    }

    /** The answer to one request. */
    sealed interface Answer {

        /** @param labels predicted labels in row order */
        record Predicted(long version, List<JsonNode> labels) implements Answer {}

        record Failed(String why) implements Answer {}
    }

    /** @param path the model's path, as {@code /v1/models/trips} or {@code /v1/models/trips/versions/3} */
    Answer predict(String path, String requestId, List<DemoRecord> rows) throws InterruptedException {
        var body = Json.MAPPER.createObjectNode();
        var instances = body.putArray("instances");
        rows.forEach(row -> instances.add(row.inputs()));
        var request = ServiceRequest.to(base.resolve(path + ":predict")).timeout(TIMEOUT)
                .header("Content-Type", Http.JSON).header(REQUEST_ID, requestId)
                .POST(BodyPublishers.ofString(body.toString())).build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return new Answer.Failed(response.statusCode() + " " + response.body());
            }
            var version = response.headers().firstValueAsLong(VERSION).orElse(0);
            return new Answer.Predicted(version, labels(Json.MAPPER.readTree(response.body()), rows.size()));
        } catch (IOException | JacksonException | DemoException e) {
            return new Answer.Failed(e.toString());
        }
    }

    private static List<JsonNode> labels(JsonNode body, int rows) {
        var predictions = body.path("predictions");
        if (predictions.size() != rows) {
            throw new DemoException("predictions: " + predictions.size() + " (expected: " + rows + ")");
        }
        var labels = new ArrayList<JsonNode>();
        for (var prediction : predictions) {
            labels.add(prediction.path("label"));
        }
        return labels;
    }
}
