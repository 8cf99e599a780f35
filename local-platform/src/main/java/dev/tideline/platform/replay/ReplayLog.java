package dev.tideline.platform.replay;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.ServiceRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    private final ServedSignatures signatures;
    private final ReplayReport report = new ReplayReport();

    public ReplayLog(ReplayOptions options, Console console) {
        this.options = options;
        this.console = console;
        this.signatures = new ServedSignatures(client, options.service());
        this.comparison = new Comparison(options.tolerance());
    }

    /**
     * @return whether there was something to replay and every request was answered; answers may differ
     * @throws LaunchException when the log cannot be read
     */
    public boolean run() throws InterruptedException {
        var slots = new Semaphore(MOST_AT_ONCE);
        long start = System.nanoTime();
        var number = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LogFiles.forEach(options.log(), options.model(), prediction -> {
                long due = start + (long) (number.getAndIncrement() * 1e9 / options.rate());
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                slots.acquire();
                threads.execute(() -> {
                    ask(prediction, due);
                    slots.release();
                });
            });
        }
        report.print(console, (System.nanoTime() - start) / 1e9);
        return report.answered() > 0 && report.failed() == 0;
    }

    private void ask(LoggedPrediction prediction, long due) {
        try {
            var signature = signatures.of(prediction);
            var response = client.send(ServiceRequest.to(options.service().resolve(ServedSignatures.path(prediction.model()) + ":predict")).timeout(TIMEOUT)
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
}
