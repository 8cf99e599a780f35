package dev.tideline.contracts;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something happened to a version of a model. The topic is compacted, so each event carries the whole desired state of the model
 * in {@code serving}: a reader that knows only the newest event of a key knows what should be live.
 *
 * @param serving versions that should be live, each with the path of its folder relative to the storage root
 * @param labels  label to version, such as {@code champion}
 * @param reason  one line for people: why it was promoted, rejected or rolled back
 * @param metrics evaluation metrics of {@code version} by name
 */
public record ModelVersionEvent(
        String id, Instant time, String model, long version, Change change, String reason,
        SortedMap<Long, String> serving, Map<String, Long> labels, Map<String, Double> metrics) implements Event {

    /** Label of the version that answers requests that name no version. */
    public static final String CHAMPION = "champion";

    public enum Change { TRAINED, PROMOTED, REJECTED, ROLLED_BACK, WITHDRAWN }

    public ModelVersionEvent {
        serving = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(serving));
        labels = Map.copyOf(labels);
        metrics = Map.copyOf(metrics);
    }

    @Override
    public String topic() {
        return Topics.MODEL_VERSIONS;
    }

    @Override
    public String key() {
        return model;
    }

    @Override
    public String type() {
        return "dev.tideline.model-version.v1";
    }
}
