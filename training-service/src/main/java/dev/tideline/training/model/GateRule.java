package dev.tideline.training.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a candidate must show before it replaces the champion.
 *
 * @param metric             the metric that decides
 * @param minimumImprovement how much better than the champion, in the metric's own unit; a tie keeps the champion
 * @param thresholds         metric name to the worst value allowed, for first models too
 */
public record GateRule(String metric, double minimumImprovement, SortedMap<String, Double> thresholds) {

    public GateRule {
        thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
    }

    public GateRule(String metric, double minimumImprovement) {
        this(metric, minimumImprovement, new TreeMap<>(Map.of()));
    }
}
