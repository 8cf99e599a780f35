package dev.tideline.platform.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a new process whether it can take work. */
final class Readiness {

    enum Outcome { READY, DIED, TIMEOUT }

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 200;
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(ANSWER).build();

    private Readiness() {}

    static Outcome await(URI readiness, Process process, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (isReady(readiness)) {
                return Outcome.READY;
            }
            if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return Outcome.DIED;
            }
        }
        return Outcome.TIMEOUT;
    }

    private static boolean isReady(URI readiness) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(readiness).timeout(ANSWER).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
