package dev.tideline.ingest.survival;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The HTTP door of one instance, as a client sees it that does not wait for ever. Counts the answers by status. */
final class RecordDoor {

    static final int TAKEN = 202;
    /** Cut off, or no answer in time. */
    static final int NONE = 0;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI records;
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

    RecordDoor(URI records) {
        this.records = records;
    }

    int send(String contentType, byte[] body, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(records).timeout(TIMEOUT).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        int status = status(request.build());
        answers.merge(status, 1, Integer::sum);
        return status;
    }

    /** How often each status was answered. */
    Map<Integer, Integer> answers() {
        return new TreeMap<>(answers);
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException cutOff) {
            return NONE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }
}
