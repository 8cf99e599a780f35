package dev.tideline.platform.replay;

import dev.tideline.platform.stack.ServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signatures as a service serves them now; each is asked for once. */
final class ServedSignatures {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI service;
    private final Map<String, JsonNode> known = new ConcurrentHashMap<>();

    ServedSignatures(HttpClient client, URI service) {
        this.client = client;
        this.service = service;
    }

    /** Address of a model's REST API. */
    static String path(String model) {
        return "/v1/models/" + ServiceRequest.segment(model);
    }

    /** @return as in the metadata answer: {@code inputs} by alias with {@code dtype} and {@code tensor_shape}; missing when it is not served */
    JsonNode of(LoggedPrediction prediction) throws IOException, InterruptedException {
        var key = prediction.model() + "/" + prediction.signature();
        var signature = known.get(key);
        if (signature == null) {
            signature = ask(prediction.model()).path(prediction.signature());
            known.put(key, signature);
        }
        return signature;
    }

    private JsonNode ask(String model) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                ServiceRequest.to(service.resolve(path(model) + "/metadata")).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("metadata of " + model + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body()).path("metadata").path("signature_def").path("signature_def");
        } catch (JacksonException e) {
            throw new IOException("metadata of " + model + ": " + e.getMessage(), e);
        }
    }
}
