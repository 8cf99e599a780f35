package dev.tideline.platform.replay;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.ServiceRequest;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays a log at a steady rate. A request is due at its place in the schedule whatever became of those before it, and its time counts from
 * there, so that a service that stands still is charged for all that it kept waiting.
 */
public final class ReplayLog {

    private static final int MOST_AT_ONCE = 256;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ReplayOptions options;
    private final Console console;
    private final Comparison comparison;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, JsonNode> signatures = new ConcurrentHashMap<>();
    private final ReplayReport report = new ReplayReport();

    public ReplayLog(ReplayOptions options, Console console) {
        this.options = options;
        this.console = console;
        this.comparison = new Comparison(options.tolerance());
    }

    /**
     * @return whether there was something to replay and every request was answered; answers may differ
     * @throws LaunchException when the log cannot be read
     */
    public boolean run() throws InterruptedException {
        var slots = new Semaphore(MOST_AT_ONCE);
        long start = System.nanoTime();
        long number = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path file : files()) {
                try (var reader = TfRecordReader.open(file)) {
                    for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
                        var prediction = LoggedPrediction.of(Example.decode(bytes));
                        if (options.model() != null && !options.model().equals(prediction.model())) {
                            continue;
                        }
                        long due = start + (long) (number++ * 1e9 / options.rate());
                        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                        slots.acquire();
                        threads.execute(() -> {
                            ask(prediction, due);
                            slots.release();
                        });
                    }
                } catch (IOException | MalformedExampleException e) {
                    throw new LaunchException("log: " + file + ": " + e.getMessage() + " (expected: TFRecords of logged predictions)", e);
                }
            }
        }
        report.print(console, (System.nanoTime() - start) / 1e9);
        return report.answered() > 0 && report.failed() == 0;
    }

    private List<Path> files() {
        if (!Files.isDirectory(options.log())) {
            return List.of(options.log());
        }
        try (var files = Files.list(options.log())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tfrecord")).sorted().toList();
        } catch (IOException e) {
            throw new LaunchException("log: " + options.log() + ": " + e.getMessage() + " (expected: a folder that can be read)", e);
        }
    }

    private void ask(LoggedPrediction prediction, long due) {
        try {
            var signature = signature(prediction);
            var response = client.send(ServiceRequest.to(options.service().resolve(path(prediction) + ":predict")).timeout(TIMEOUT)
                    .header("Content-Type", "application/json").header("Tideline-Request-Id", "replay-" + prediction.id())
                    .POST(BodyPublishers.ofString(Instance.request(prediction, signature))).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                report.failed(prediction.id(), response.statusCode() + " " + response.body());
                return;
            }
            var row = JSON.readTree(response.body()).path("predictions").path(0);
            report.answered(System.nanoTime() - due, prediction.id(), comparison.same(prediction.outputs(), row));
        } catch (IOException | RuntimeException e) {
            report.failed(prediction.id(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String path(LoggedPrediction prediction) {
        return "/v1/models/" + URLEncoder.encode(prediction.model(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Asked once per model and signature, as it is served now. */
    private JsonNode signature(LoggedPrediction prediction) throws IOException, InterruptedException {
        var key = prediction.model() + "/" + prediction.signature();
        var known = signatures.get(key);
        if (known != null) {
            return known;
        }
        HttpResponse<String> response = client.send(ServiceRequest.to(options.service().resolve(path(prediction) + "/metadata"))
                .timeout(TIMEOUT).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("metadata of " + prediction.model() + ": " + response.statusCode() + " " + response.body());
        }
        try {
            var signature = JSON.readTree(response.body()).path("metadata").path("signature_def").path("signature_def")
                    .path(prediction.signature());
            signatures.put(key, signature);
            return signature;
        } catch (JacksonException e) {
            throw new IOException("metadata of " + prediction.model() + ": " + e.getMessage(), e);
        }
    }
}
