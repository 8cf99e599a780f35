package dev.tideline.monitoring.lineage;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services before this one over HTTP, each question once and for a bounded time. */
@Component
final class Upstream {

    private final RestClient ingest;
    private final RestClient training;
    private final JsonMapper json;

    /** What a service said. */
    sealed interface Answer {

        record Told(JsonNode body) implements Answer {}

        /** @param reason one line for people */
        record Untold(String reason) implements Answer {}
    }

    Upstream(LineageProperties properties, JsonMapper json) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(properties.connectTimeout()).version(HttpClient.Version.HTTP_1_1).build());
        requests.setReadTimeout(properties.readTimeout());
        this.ingest = client(properties.ingestUrl(), properties, requests);
        this.training = client(properties.trainingUrl(), properties, requests);
        this.json = json;
    }

    /** Shards and offsets of a dataset version. */
    Answer dataset(String dataset, long version) {
        return ask("ingest-service", () -> ingest.get().uri("/v1/datasets/{dataset}/versions/{version}/lineage", dataset, version)
                .retrieve().body(String.class));
    }

    /** A training job. */
    Answer job(String job) {
        return ask("training-service", () -> training.get().uri("/v1/jobs/{job}", job).retrieve().body(String.class));
    }

    private Answer ask(String service, Supplier<String> question) {
        try {
            String body = question.get();
            return body == null ? new Answer.Untold(service + ": an empty answer") : new Answer.Told(json.readTree(body));
        } catch (RestClientResponseException refusal) {
            return new Answer.Untold(service + ": status " + refusal.getStatusCode().value() + detail(refusal));
        } catch (RestClientException down) {
            return new Answer.Untold(service + ": does not answer");
        } catch (JacksonException unreadable) {
            return new Answer.Untold(service + ": an answer that is no JSON");
        }
    }

    private String detail(RestClientResponseException refusal) {
        try {
            String detail = json.readTree(refusal.getResponseBodyAsString()).path("detail").asString("");
            return detail.isEmpty() ? "" : ", " + detail;
        } catch (JacksonException noJson) {
            return "";
        }
    }

    private static RestClient client(URI url, LineageProperties properties, JdkClientHttpRequestFactory requests) {
        RestClient.Builder builder = RestClient.builder().baseUrl(url.toString()).requestFactory(requests);
        if (properties.hasKey()) {
            builder.defaultHeaders(headers -> headers.setBearerAuth(String.valueOf(properties.apiKey())));
        }
        return builder.build();
    }
}
