package dev.tideline.platform.demo;

import dev.tideline.platform.stack.Service;
import dev.tideline.platform.stack.StackOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls that the demo makes, by service. */
final class Services {

    private static final String NDJSON = "application/x-ndjson";

    private final Http ingest;
    private final Http training;
    private final Http monitoring;

    Services(StackOptions stack) {
        ingest = new Http(stack.url(Service.INGEST));
        training = new Http(stack.url(Service.TRAINING));
        monitoring = new Http(stack.url(Service.MONITORING));
    }

    /** @param sealed what the version covers and where its manifest lies, relative to the storage root */
    record Sealed(long version, long records, String manifest) {}

    /** {@code name}, or the first of {@code name-2}, {@code name-3}, … when a dataset of that name exists. */
    String freeName(String name) throws InterruptedException {
        var free = name;
        for (int i = 2; ingest.exists("/v1/datasets/" + free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    ObjectNode infer(String csv, String label, @Nullable String key, @Nullable String time) throws InterruptedException {
        var query = "label=" + encoded(label) + (key == null ? "" : "&key=" + encoded(key)) + (time == null ? "" : "&time=" + encoded(time));
        return (ObjectNode) ingest.post("/v1/datasets:infer?" + query, "text/csv", csv).get("schema");
    }

    void declare(String dataset, JsonNode schema) throws InterruptedException {
        var declaration = Json.object("{\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}");
        declaration.set("schema", schema);
        ingest.put("/v1/datasets/" + dataset, declaration);
    }

    /** @return number of accepted records; all of them, or it fails */
    long post(String dataset, List<DemoRecord> records) throws InterruptedException {
        var body = records.stream().map(record -> record.whole().toString()).collect(Collectors.joining("\n"));
        var answer = ingest.post("/v1/datasets/" + dataset + "/records", NDJSON, body);
        if (!answer.path("rejected").isEmpty()) {
            throw new DemoException("dataset " + dataset + ": record rejected: " + answer.path("rejected").get(0) + " (expected: none)");
        }
        return answer.get("accepted").longValue();
    }

    Sealed seal(String dataset, String requestId) throws InterruptedException {
        var request = Json.object("{\"window\":{\"rule\":\"all\"}}").put("requestId", requestId);
        var version = ingest.post("/v1/datasets/" + dataset + "/versions", request);
        return new Sealed(version.get("version").longValue(), version.get("records").longValue(), version.get("manifest").stringValue());
    }

    /** Records in committed shards, by the service's own count. */
    long committed(String dataset) throws InterruptedException {
        return ingest.get("/v1/datasets/" + dataset).at("/records/committed").longValue();
    }

    long rejected(String dataset) throws InterruptedException {
        return ingest.get("/v1/datasets/" + dataset).at("/records/rejected").longValue();
    }

    void define(String model, JsonNode definition) throws InterruptedException {
        training.put("/v1/models/" + model, definition);
    }

    String train(String model) throws InterruptedException {
        return training.post("/v1/models/" + model + "/jobs", Json.object("{\"window\":{\"rule\":\"all\"}}")).get("job").asString();
    }

    void policy(String model, JsonNode policy) throws InterruptedException {
        monitoring.put("/v1/models/" + model + "/policy", policy);
    }

    void outcomes(JsonNode outcomes) throws InterruptedException {
        monitoring.post("/v1/outcomes", outcomes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
