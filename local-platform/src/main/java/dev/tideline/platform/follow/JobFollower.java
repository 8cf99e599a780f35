package dev.tideline.platform.follow;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.ServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws a job's stream of events as a bar until the job ends. A broken stream is taken up where it broke. */
public final class JobFollower {

    private static final Set<String> GOOD = Set.of("PROMOTED", "HELD", "REJECTED");
    private static final Set<String> BAD = Set.of("FAILED", "CANCELLED", "DECLINED");
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int RECONNECTS = 20;

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final URI training;
    private final Console console;
    private String last = "";
    private String state = "";

    /** @param training address of training-service */
    public JobFollower(URI training, Console console) {
        this.training = training;
        this.console = console;
    }

    /**
     * Asks for a job.
     *
     * @param order the body of the request, JSON
     * @return its id
     * @throws LaunchException with the service's own words when it refuses
     */
    public String submit(String model, String order) throws InterruptedException {
        var request = ServiceRequest.to(training.resolve("/v1/models/" + ServiceRequest.segment(model) + "/jobs")).timeout(ANSWER)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(order)).build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            var body = json.readTree(answer.body());
            if (answer.statusCode() != 202) {
                throw new LaunchException(body.path("detail").asString("status " + answer.statusCode()));
            }
            return body.required("job").asString();
        } catch (JacksonException e) {
            throw new LaunchException("training-service: " + training + " does not answer as it should: " + e.getOriginalMessage()
                    + " (expected: JSON with a job)", e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** @return whether the job ended with a model */
    public boolean follow(String job) throws InterruptedException {
        for (int broken = 0; broken <= RECONNECTS; broken++) {
            var request = ServiceRequest.to(training.resolve("/v1/jobs/" + ServiceRequest.segment(job) + "/events")).header("Accept", "text/event-stream");
            if (!last.isEmpty()) {
                request.header("Last-Event-ID", last);
            }
            try {
                var answer = http.send(request.build(), BodyHandlers.ofLines());
                if (answer.statusCode() != 200) {
                    throw refused(job, answer);
                }
                try (var lines = answer.body()) {
                    lines.forEach(this::line);
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                if (last.isEmpty()) {
                    throw unreachable(e);
                }
            }
            if (GOOD.contains(state) || BAD.contains(state)) {
                return GOOD.contains(state);
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        throw new LaunchException("job " + job + ": the stream of events broke " + RECONNECTS + " times (expected: a service that answers)");
    }

    private LaunchException refused(String job, HttpResponse<Stream<String>> answer) {
        return new LaunchException("job " + job + ": status " + answer.statusCode() + " (expected: a known job that is not long finished)");
    }

    private LaunchException unreachable(Exception cause) {
        return new LaunchException("training-service: " + training + " does not answer (expected: ./tideline up, and the same --port-base)", cause);
    }

    private void line(String line) {
        if (line.startsWith("id:")) {
            last = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
            show(json.readTree(line.substring(5)));
        }
    }

    private void show(JsonNode event) {
        var now = event.get("state").asString();
        if (event.path("totalSteps").asLong() > 0 && now.equals("TRAINING")) {
            console.progress("training", (double) event.get("step").asLong() / event.get("totalSteps").asLong(), figures(event));
        }
        if (!now.equals(state)) {
            var message = event.path("message").asString("");
            console.line(event.get("model").asString() + " " + now.toLowerCase(Locale.ROOT) + (message.isEmpty() ? "" : ": " + message));
            state = now;
        }
    }

    static String figures(JsonNode event) {
        var loss = event.path("metrics").path("loss");
        return String.format(Locale.ROOT, "step %,d of %,d, %sepoch %d of %d, %,.0f examples/s, %.0f s left", event.get("step").asLong(),
                event.get("totalSteps").asLong(), loss.isNumber() ? String.format(Locale.ROOT, "loss %.4f, ", loss.doubleValue()) : "",
                event.get("epoch").asLong(), event.get("epochs").asLong(), event.get("examplesPerSecond").doubleValue(),
                event.get("etaSeconds").doubleValue());
    }
}
