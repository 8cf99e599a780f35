package dev.tideline.training.dataset;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.starter.error.TidelineException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks ingest-service over HTTP. Its own words about a refusal reach the caller. */
@Component
public final class Datasets {

    private final RestClient http;
    private final JsonMapper json;
    private final IngestProperties properties;

    Datasets(IngestProperties properties, JsonMapper json) {
        this.properties = properties;
        this.json = json;
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
            .connectTimeout(properties.connectTimeout()).version(HttpClient.Version.HTTP_1_1).build());
        factory.setReadTimeout(properties.readTimeout());
        var builder = RestClient.builder().baseUrl(properties.url().toString()).requestFactory(factory);
        if (properties.hasKey()) {
            builder.defaultHeaders(headers -> headers.setBearerAuth(String.valueOf(properties.apiKey())));
        }
        http = builder.build();
    }

    /**
     * The schema of a dataset; asked once, so that a caller of ours waits no longer than one answer.
     *
     * @throws TidelineException with a {@link DatasetError}
     */
    public Schema schema(String dataset) {
        var answer = call(dataset, () -> http.get().uri("/v1/datasets/{dataset}", dataset).retrieve().body(String.class));
        return SchemaCodec.read(json.readTree(answer).required("schema"));
    }

    /**
     * Seals a version and keeps it from being given up. Asking again with the same request id gives the same version and keeps it
     * anew, so it may be asked after a failure.
     *
     * @param keep how long ingest-service has to keep it
     * @throws TidelineException with a {@link DatasetError}
     */
    public SealedData seal(String dataset, DataWindow window, String requestId, Duration keep) throws InterruptedException {
        var body = json.createObjectNode();
        body.set("window", json.valueToTree(window));
        body.put("requestId", requestId);
        body.put("trigger", "TRAINING");
        body.putObject("pin").put("owner", "job:" + requestId).put("reason", "a training job reads it").put("for", keep.toString());
        for (int attempt = 1; ; attempt++) {
            try {
                var answer = json.readTree(call(dataset, () -> http.post().uri("/v1/datasets/{dataset}/versions", dataset)
                    .contentType(MediaType.APPLICATION_JSON).body(body.toString()).retrieve().body(String.class)));
                return new SealedData(dataset, answer.required("version").longValue(), answer.required("records").longValue(),
                    answer.required("manifest").stringValue(), answer.path("contentHash").stringValue(null));
            } catch (TidelineException failure) {
                if (failure.code() != DatasetError.INGEST_UNAVAILABLE || attempt >= properties.attempts()) {
                    throw failure;
                }
                Thread.sleep(properties.pause());
            }
        }
    }

    private String call(String dataset, Supplier<String> request) {
        try {
            var answer = request.get();
            return answer == null ? "{}" : answer;
        } catch (RestClientResponseException refusal) {
            throw refused(dataset, refusal);
        } catch (RestClientException down) {
            throw new TidelineException(DatasetError.INGEST_UNAVAILABLE, "ingest-service: " + properties.url()
                + " does not answer (expected: an answer about dataset " + dataset + ")", down);
        }
    }

    private TidelineException refused(String dataset, RestClientResponseException refusal) {
        var problem = problem(refusal);
        var detail = problem.path("detail").asString(refusal.getStatusText());
        var code = problem.path("code").asString("");
        if (refusal.getStatusCode().is5xxServerError() || refusal.getStatusCode().value() == 429) {
            return new TidelineException(DatasetError.INGEST_UNAVAILABLE,
                "ingest-service: status " + refusal.getStatusCode().value() + ", " + detail + " (expected: an answer about dataset "
                    + dataset + ")", refusal);
        }
        var own = switch (code) {
            case "UNKNOWN_DATASET" -> DatasetError.UNKNOWN_DATASET;
            case "NO_RECORDS" -> DatasetError.NO_RECORDS;
            default -> DatasetError.DATASET_REFUSED;
        };
        return new TidelineException(own, detail, refusal);
    }

    private JsonNode problem(RestClientResponseException refusal) {
        try {
            return json.readTree(refusal.getResponseBodyAsString(StandardCharsets.UTF_8));
        } catch (JacksonException noJson) {
            return json.createObjectNode();
        }
    }
}
