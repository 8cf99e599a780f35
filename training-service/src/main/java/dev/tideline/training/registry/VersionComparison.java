package dev.tideline.training.registry;

import dev.tideline.training.model.Metrics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two versions side by side.
 *
 * @param sameExamples whether the metrics were measured on the same examples: when one was trained while the other was champion.
 *                     Otherwise each figure is from its own version's evaluation, and a difference may come from the data
 * @param definition   differences of the definitions; null when a job's definition is no longer known
 * @param data         the dataset versions
 */
record VersionComparison(
        long left, long right, boolean sameExamples, SortedMap<String, Pair> metrics,
        @Nullable List<JsonDiff.Difference> definition, Data data) {

    /** @param improvement of right over left, positive when better; null when one is unknown */
    record Pair(@Nullable Double left, @Nullable Double right, @Nullable Double improvement) {}

    record Data(String leftDataset, long leftVersion, String rightDataset, long rightVersion, boolean same) {}

    static VersionComparison of(TrainedVersion left, TrainedVersion right, @Nullable JsonNode leftDefinition, @Nullable JsonNode rightDefinition) {
        var mine = right.metrics();
        var theirs = left.metrics();
        boolean same = left.dataset().equals(right.dataset()) && left.datasetVersion() == right.datasetVersion();
        boolean sameExamples = same;
        if (right.parent() != null && right.parent() == left.version() && right.championMetrics() != null) {
            theirs = right.championMetrics();
            sameExamples = true;
        } else if (left.parent() != null && left.parent() == right.version() && left.championMetrics() != null) {
            mine = left.championMetrics();
            sameExamples = true;
        }
        return new VersionComparison(left.version(), right.version(), sameExamples, pairs(theirs, mine),
            leftDefinition == null || rightDefinition == null ? null : JsonDiff.of(leftDefinition, rightDefinition),
            new Data(left.dataset(), left.datasetVersion(), right.dataset(), right.datasetVersion(), same));
    }

    private static SortedMap<String, Pair> pairs(Map<String, Double> left, Map<String, Double> right) {
        var names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        var pairs = new TreeMap<String, Pair>();
        for (var name : names) {
            var a = left.get(name);
            var b = right.get(name);
            pairs.put(name, new Pair(a, b, a == null || b == null ? null : (Double) Metrics.improvement(name, b, a)));
        }
        return pairs;
    }
}
