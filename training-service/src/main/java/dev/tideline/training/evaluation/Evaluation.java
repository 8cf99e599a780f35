package dev.tideline.training.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a model did.
 *
 * @param examples how many examples were judged
 * @param metrics  by name; a metric that the data cannot give (AUC of one class) is absent
 */
public record Evaluation(long examples, SortedMap<String, Double> metrics) {

    public Evaluation {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    public static Evaluation of(long examples, Map<String, Double> metrics) {
        return new Evaluation(examples, new TreeMap<>(metrics));
    }
}
