package dev.tideline.benchmarks.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A sealed dataset of 16 numbers and a label behind the two endpoints of ingest-service that training asks. */
final class SealedTrips implements AutoCloseable {

    static final String NAME = "trips";
    private static final int WIDTH = 16;
    private static final String MANIFEST = "datasets/trips/versions/1/manifest.json";
    private static final String SHARD = "datasets/trips/shards/part-1.tfrecord";

    private final Schema schema;
    private final HttpServer server;

    SealedTrips(Path root, int training, int evaluation) throws IOException {
        var features = new ArrayList<FeatureSpec>();
        for (int i = 0; i < WIDTH; i++) {
            features.add(FeatureSpec.scalar("f" + i, Kind.FLOAT));
        }
        features.add(FeatureSpec.scalar("label", Kind.INT));
        schema = new Schema(1, features, "label", null, null);
        write(root, training, evaluation);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/datasets/trips", exchange -> send(exchange, 200, "{\"name\":\"trips\",\"schema\":" + SchemaCodec.write(schema) + "}"));
        server.createContext("/v1/datasets/trips/versions", exchange -> send(exchange, 201,
            "{\"dataset\":\"trips\",\"version\":1,\"records\":%d,\"manifest\":\"%s\"}".formatted(training + evaluation, MANIFEST)));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void write(Path root, int training, int evaluation) throws IOException {
        var random = new SplittableRandom(1);
        Files.createDirectories(root.resolve(SHARD).getParent());
        Files.createDirectories(root.resolve(MANIFEST).getParent());
        var splits = new TreeMap<String, Split>();
        try (var writer = TfRecordWriter.create(root.resolve(SHARD))) {
            splits.put(DatasetManifest.TRAIN, split(writer, random, 0, training));
            splits.put(DatasetManifest.EVALUATION, split(writer, random, training, evaluation));
        }
        var manifest = new DatasetManifest(NAME, 1, Instant.EPOCH, new DataWindow.All(), new SplitRule(SplitRule.By.TIME, 0.2), schema, "hash",
            training + evaluation, splits);
        Files.writeString(root.resolve(MANIFEST), DatasetManifestCodec.write(manifest).toString());
    }

    private Split split(TfRecordWriter writer, SplittableRandom random, long skip, int records) throws IOException {
        var statistics = new StatisticsBuilder(schema);
        for (int i = 0; i < records; i++) {
            var features = new TreeMap<String, Feature>();
            float sum = 0;
            for (int f = 0; f < WIDTH; f++) {
                float value = (float) random.nextGaussian();
                sum += value;
                features.put("f" + f, Feature.floats(value));
            }
            features.put("label", Feature.longs(sum > 0 ? 1 : 0));
            var example = Example.of(features);
            writer.write(example.encode());
            statistics.add(example);
        }
        return new Split(records, List.of(new Slice(SHARD, skip, records)), statistics.build());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
