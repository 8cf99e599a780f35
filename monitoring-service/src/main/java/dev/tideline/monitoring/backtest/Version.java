package dev.tideline.monitoring.backtest;

import dev.tideline.features.Baseline;
import java.util.List;
import java.util.SortedMap;

/**
 * A trained model version.
 *
 * @param promoted   what the gate said
 * @param summary    its reasons
 * @param classes    labels as text, in the order of the answers
 * @param baselines  training distributions by feature, and of outputs
 * @param importance what the answers owe to each input
 * @param rows       that it was made of, evaluation split included
 * @param seconds    that training, export, evaluation and gate took
 */
record Version(
        int number, boolean promoted, String summary, List<String> classes, SortedMap<String, Baseline> baselines,
        SortedMap<String, Double> importance, int rows, double seconds) {

    Version {
        classes = List.copyOf(classes);
    }
}
