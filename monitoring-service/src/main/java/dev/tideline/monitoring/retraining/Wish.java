package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Instant;
import java.util.Map;

/**
 * A training that a trigger asks for; a request once it is sent.
 *
 * @param at   when it was first asked for
 * @param rows records that it will train on, as far as known
 */
public record Wish(Instant at, DataWindow window, long rows, Trigger trigger, String reason, Map<String, Double> evidence) {

    public Wish {
        evidence = Map.copyOf(evidence);
    }
}
