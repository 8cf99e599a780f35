package dev.tideline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new version of a model. training-service may decline, with a reason on {@link Topics#TRAINING_PROGRESS}.
 *
 * @param window   the data to train on
 * @param reason   one line for people
 * @param evidence the figures behind the reason, by name
 * @param workers  processes that train it together; null: as the model's definition says
 * @param elastic  whether fewer of them will do; null likewise
 * @param hold     whether a candidate that passes the gate waits for an {@link Approval} instead of becoming champion; null: it does not wait
 */
public record TrainingRequest(
        String id, Instant time, String model, DataWindow window, Trigger trigger, String reason,
        Map<String, Double> evidence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer workers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean elastic,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean hold) implements Event {

    public enum Trigger { MANUAL, CONCEPT_DRIFT, DATA_DRIFT, PREDICTION_DRIFT, VOLUME, AGE, SCHEDULE, METRIC_FLOOR }

    public TrainingRequest {
        evidence = Map.copyOf(evidence);
    }

    /** Trained by as many workers as the definition says. */
    public TrainingRequest(String id, Instant time, String model, DataWindow window, Trigger trigger, String reason,
            Map<String, Double> evidence) {
        this(id, time, model, window, trigger, reason, evidence, null, null, null);
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
