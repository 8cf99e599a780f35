package dev.tideline.contracts;

import java.time.Instant;
import java.util.Map;

/**
 * Asks for a new version of a model. training-service may decline, with a reason on {@link Topics#TRAINING_PROGRESS}.
 *
 * @param window   the data to train on
 * @param reason   one line for people
 * @param evidence the figures behind the reason, by name
 */
public record TrainingRequest(
        String id, Instant time, String model, DataWindow window, Trigger trigger, String reason,
        Map<String, Double> evidence) implements Event {

    public enum Trigger { MANUAL, CONCEPT_DRIFT, DATA_DRIFT, PREDICTION_DRIFT, VOLUME, AGE, SCHEDULE, METRIC_FLOOR }

    public TrainingRequest {
        evidence = Map.copyOf(evidence);
    }

    @Override
    public String topic() {
        return Topics.TRAINING_REQUESTS;
    }

    @Override
    public String key() {
        return model;
    }

    @Override
    public String type() {
        return "dev.tideline.training-request.v1";
    }
}
