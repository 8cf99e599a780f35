package dev.tideline.platform.demo;

import dev.tideline.platform.stack.ServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls a service's JSON API and turns every unexpected answer into one line. */
final class Http {

    static final String JSON = "application/json";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int SHOWN = 400;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    JsonNode get(String path) throws InterruptedException {
        return ok(send("GET", path, "", ""));
    }

    JsonNode put(String path, JsonNode body) throws InterruptedException {
        return ok(send("PUT", path, JSON, body.toString()));
    }

    JsonNode post(String path, JsonNode body) throws InterruptedException {
        return ok(send("POST", path, JSON, body.toString()));
    }

    JsonNode post(String path, String contentType, String body) throws InterruptedException {
        return ok(send("POST", path, contentType, body));
    }

    /** Whether a GET of {@code path} finds something. */
    boolean exists(String path) throws InterruptedException {
        var response = send("GET", path, "", "");
        if (response.statusCode() == 404) {
            return false;
        }
        ok(response);
        return true;
    }

    private HttpResponse<String> send(String method, String path, String contentType, String body) throws InterruptedException {
        var builder = ServiceRequest.to(base.resolve(path)).timeout(TIMEOUT);
        if (contentType.isEmpty()) {
            builder.method(method, BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", contentType).method(method, BodyPublishers.ofString(body));
        }
        var request = builder.build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new DemoException(method + " " + request.uri() + ": " + e + " (expected: an answer)");
        }
    }

    private static JsonNode ok(HttpResponse<String> response) {
        var request = response.request();
        if (response.statusCode() / 100 != 2) {
            throw new DemoException(request.method() + " " + request.uri() + ": " + response.statusCode() + " "
                    + shortened(response.body()) + " (expected: success)");
        }
        try {
            return response.body().isEmpty() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(response.body());
        } catch (JacksonException e) {
            throw new DemoException(request.method() + " " + request.uri() + ": " + shortened(response.body()) + " (expected: JSON)");
        }
    }

    private static String shortened(String body) {
        return body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
    }
}
