package dev.tideline.monitoring.retraining;

import java.util.Map;

/** The loop of a model moved, and why. */
public record Transition(Phase from, Phase to, String reason, Map<String, Double> evidence) {

    public Transition {
        evidence = Map.copyOf(evidence);
    }
}
