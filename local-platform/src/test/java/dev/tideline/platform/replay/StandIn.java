package dev.tideline.platform.replay;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.support.RecordingConsole;
import dev.tideline.platform.support.StubServer;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In place of inference-service with a model m, and of the terminal: keeps what it is asked and told. A request with 999 in it fails. */
final class StandIn implements AutoCloseable {

    private static final String ANSWER = "{\"predictions\": [{\"y\": [0.5], \"label\": \"a\"}]}";

    private final StubServer server;
    private final RecordingConsole console = new RecordingConsole();

    StandIn(String metadata) throws IOException {
        server = new StubServer(0, request -> StubServer.Response.of(
                request.body().contains("999") ? 500 : 200, request.path().endsWith("/metadata") ? metadata : ANSWER));
    }

    URI uri() {
        return server.url();
    }

    /** Bodies of predict requests. */
    List<String> asked() {
        return server.requests().stream().filter(request -> request.path().endsWith(":predict")).map(StubServer.Request::body).toList();
    }

    List<String> lines() {
        return console.lines();
    }

    Console console() {
        return console;
    }

    @Override
    public void close() {
        server.close();
    }

    /** A record of the log. */
    static Map<String, Feature> logged(String id, String signature, Map<String, Feature> features) {
        Map<String, Feature> all = new HashMap<>(features);
        all.putAll(Map.of("tideline/id", Feature.text(id), "tideline/model", Feature.text("m"), "tideline/signature", Feature.text(signature)));
        return all;
    }

    /** @return the only file of a log in {@code folder} */
    static Path log(Path folder, List<Map<String, Feature>> records) throws IOException {
        Path log = folder.resolve("predictions-1.tfrecord");
        Files.deleteIfExists(log);
        try (TfRecordWriter writer = TfRecordWriter.create(log)) {
            for (Map<String, Feature> record : records) {
                writer.write(Example.of(record).encode());
            }
        }
        return log;
    }
}
