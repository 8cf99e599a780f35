package dev.tideline.ingest.support;

import static org.awaitility.Awaitility.await;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a running service, and reads the files that it wrote. */
public final class IngestClient {

    /** The schema of most tests: {@code id} is the key, {@code at} the time, {@code y} the label. */
    public static final String SCHEMA = """
            {"version":1,"label":"y","key":"id","time":"at","features":[
              {"name":"id","kind":"TEXT"},
              {"name":"at","kind":"INT"},
              {"name":"x","kind":"FLOAT","domain":{"min":-100,"max":1000000}},
              {"name":"y","kind":"INT","domain":{"values":["0","1"]}}]}""";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Path storage;

    /** @param body null when the answer had none */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

    public IngestClient(String base, Path storage) {
        this.base = base;
        this.storage = storage;
    }

    /** Asks again while the service says 503: after an outage in an earlier test, pooled connections may still be dead. */
    public Answer declare(String dataset) {
        return await().atMost(TIMEOUT).until(() -> declareOnce(dataset), answer -> answer.status() != 503);
    }

    private Answer declareOnce(String dataset) {
        return put("/v1/datasets/" + dataset, "{\"schema\":" + SCHEMA + ",\"split\":{\"by\":\"TIME\",\"evaluation\":0.2}}");
    }

    /** A record of {@link #SCHEMA}; its event time is {@code n} seconds. */
    public static String record(int n) {
        return "{\"id\":\"r%d\",\"at\":%d,\"x\":%d.5,\"y\":%d}".formatted(n, n * 1000L, n, n % 2);
    }

    public Answer sendRecords(String dataset, int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < to; n++) {
            lines.append(record(n)).append('\n');
        }
        return send(dataset, lines.toString());
    }

    public Answer send(String dataset, String ndjson) {
        return post("/v1/datasets/" + dataset + "/records", "application/x-ndjson", ndjson);
    }

    /** Seals everything and reads both splits back. */
    public List<Example> sealedRecords(String dataset, String requestId) {
        Answer sealed = seal(dataset, "{\"rule\":\"all\"}", requestId);
        if (sealed.status() != 201) {
            throw new IllegalStateException(sealed.raw().body());
        }
        DatasetManifest manifest = manifest(sealed.body().path("manifest").asString());
        List<Example> records = new ArrayList<>(records(manifest, DatasetManifest.TRAIN));
        records.addAll(records(manifest, DatasetManifest.EVALUATION));
        return records;
    }

    public Answer seal(String dataset, String window, String requestId) {
        return post("/v1/datasets/" + dataset + "/versions", "application/json",
                "{\"window\":%s,\"requestId\":\"%s\"}".formatted(window, requestId));
    }

    public Answer get(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    public Answer put(String path, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String contentType, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    /** @param headers names and values in turn */
    public Answer post(String path, byte[] body, String... headers) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path)).headers(headers).POST(BodyPublishers.ofByteArray(body)));
    }

    public Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), json ? JSON.readTree(response.body()) : JSON.nullNode(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }

    public DatasetManifest manifest(String path) {
        try {
            return DatasetManifestCodec.read(storage.resolve(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The records of a split as TensorFlow would read them. */
    public List<Example> records(DatasetManifest manifest, String split) {
        List<Example> examples = new ArrayList<>();
        for (DatasetManifest.Slice slice : manifest.splits().get(split).slices()) {
            examples.addAll(read(storage.resolve(slice.path())).subList(Math.toIntExact(slice.skip()), Math.toIntExact(slice.skip() + slice.take())));
        }
        return examples;
    }

    public static List<Example> read(Path file) {
        List<Example> examples = new ArrayList<>();
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                examples.add(Example.decode(record));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return examples;
    }
}
