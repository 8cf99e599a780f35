package dev.tideline.platform.replay;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.platform.console.Console;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** In place of inference-service with a model m, and of the terminal: keeps what it is asked and told. A request with 999 in it fails. */
final class StandIn implements AutoCloseable {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    StandIn(String metadata) throws IOException {
        server.createContext("/v1/models/m", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean about = exchange.getRequestURI().getPath().endsWith("/metadata");
            if (!about) {
                asked.add(body);
            }
            byte[] answer = (about ? metadata : "{\"predictions\": [{\"y\": [0.5], \"label\": \"a\"}]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.contains("999") ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Bodies of predict requests. */
    List<String> asked() {
        return asked;
    }

    List<String> lines() {
        return lines;
    }

    Console console() {
        return new Console() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void progress(String step, double fraction, String detail) {}
        };
    }

    @Override
    public void close() {
        server.stop(0);
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
