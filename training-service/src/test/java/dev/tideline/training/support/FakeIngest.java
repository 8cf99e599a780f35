package dev.tideline.training.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** The two endpoints of ingest-service that training asks, over datasets that a test hands in. Files are real. */
public final class FakeIngest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path root;
    private final HttpServer server;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, Path> manifests = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    public FakeIngest(Path root) {
        this.root = root;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/datasets/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A dataset without records. */
    public void declare(String name, Schema schema) {
        schemas.put(name, schema);
    }

    /**
     * Seals the next version of a dataset: what the next job gets.
     *
     * @return the file with all its records, training first
     */
    public Path seal(String name, Schema schema, List<Example> training, List<Example> evaluation) {
        declare(name, schema);
        long version = versions.incrementAndGet();
        var shard = "datasets/" + name + "/shards/part-" + version + ".tfrecord";
        var file = root.resolve(shard);
        var manifestFile = root.resolve("datasets/" + name + "/versions/" + version + "/manifest.json");
        try {
            Files.createDirectories(file.getParent());
            Files.createDirectories(manifestFile.getParent());
            try (var writer = TfRecordWriter.create(file)) {
                for (var example : training) {
                    writer.write(example.encode());
                }
                for (var example : evaluation) {
                    writer.write(example.encode());
                }
            }
            var splits = new TreeMap<String, Split>();
            splits.put(DatasetManifest.TRAIN, split(schema, training, new Slice(shard, 0, training.size())));
            splits.put(DatasetManifest.EVALUATION, split(schema, evaluation, new Slice(shard, training.size(), evaluation.size())));
            var manifest = new DatasetManifest(name, version, Instant.parse("2026-01-01T00:00:00Z"), new DataWindow.All(),
                new SplitRule(SplitRule.By.TIME, 0.2), schema, "hash-" + version, training.size() + evaluation.size(), splits);
            Files.write(manifestFile, json.writeValueAsBytes(DatasetManifestCodec.write(manifest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        manifests.put(name, manifestFile);
        return file;
    }

    private static Split split(Schema schema, List<Example> examples, Slice slice) {
        var statistics = new StatisticsBuilder(schema);
        examples.forEach(statistics::add);
        return new Split(examples.size(), List.of(slice), statistics.build());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var parts = exchange.getRequestURI().getPath().substring("/v1/datasets/".length()).split("/");
        exchange.getRequestBody().readAllBytes();
        var schema = schemas.get(parts[0]);
        var manifest = manifests.get(parts[0]);
        if (schema == null) {
            send(exchange, 404, problem("UNKNOWN_DATASET", "dataset: " + parts[0] + " (expected: a declared dataset)"));
        } else if (parts.length == 1) {
            send(exchange, 200, "{\"name\":\"" + parts[0] + "\",\"schema\":" + SchemaCodec.write(schema) + "}");
        } else if (manifest == null) {
            send(exchange, 409, problem("NO_RECORDS", "dataset: " + parts[0] + " has no record (expected: at least 1)"));
        } else {
            var path = root.relativize(manifest).toString();
            send(exchange, 201, "{\"dataset\":\"" + parts[0] + "\",\"version\":" + manifest.getParent().getFileName()
                + ",\"records\":1,\"manifest\":\"" + path + "\"}");
        }
    }

    private static String problem(String code, String detail) {
        return "{\"code\":\"" + code + "\",\"detail\":\"" + detail + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
