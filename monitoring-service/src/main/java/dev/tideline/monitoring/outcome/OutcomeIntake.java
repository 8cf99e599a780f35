package dev.tideline.monitoring.outcome;

import dev.tideline.contracts.Outcome;
import dev.tideline.contracts.Problem;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.TidelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes labels from outside and returns once Kafka has them. */
@Component
final class OutcomeIntake {

    private static final int MAX_PROBLEMS = 100;

    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final OutcomeProperties properties;

    OutcomeIntake(KafkaTemplate<String, byte[]> kafka, JsonMapper json, OutcomeProperties properties) {
        this.kafka = kafka;
        this.json = json;
        this.properties = properties;
    }

    /**
     * All outcomes of {@code body}, or none when one is invalid.
     *
     * @return how many were stored
     */
    int accept(JsonNode body) {
        List<JsonNode> nodes = body.isArray() ? body.values().stream().toList() : List.of(body);
        if (nodes.size() > properties.maxBatch()) {
            throw new TidelineException(OutcomeError.TOO_MANY_OUTCOMES,
                    "outcomes: " + nodes.size() + " (expected: at most " + properties.maxBatch() + " in one request)");
        }
        List<Problem> problems = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            Label.Read read = Label.read(nodes.get(i), body.isArray() ? "/" + i : "");
            problems.addAll(read.problems());
            if (read.label() != null) {
                outcomes.add(read.label().outcome());
            }
        }
        if (!problems.isEmpty()) {
            throw new TidelineException(OutcomeError.INVALID_OUTCOMES,
                    problems.size() + (problems.size() == 1 ? " problem" : " problems") + " in the outcomes; none was taken",
                    problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
        }
        store(outcomes);
        return outcomes.size();
    }

    private void store(List<Outcome> outcomes) {
        try {
            CompletableFuture.allOf(outcomes.stream()
                    .map(outcome -> kafka.send(Topics.OUTCOMES, outcome.predictionId(), json.writeValueAsBytes(outcome)))
                    .toArray(CompletableFuture[]::new))
                    .get(properties.ackTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException
                | org.springframework.kafka.KafkaException failure) {
            throw new TidelineException(OutcomeError.OUTCOMES_NOT_STORED,
                    "outcomes: not acknowledged (expected: a Kafka broker that answers)", failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TidelineException(OutcomeError.OUTCOMES_NOT_STORED, "outcomes: the service is stopping", stop);
        }
    }
}
