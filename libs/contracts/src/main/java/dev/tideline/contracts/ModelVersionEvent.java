package dev.tideline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a version of a model. The topic is compacted, so each event carries the whole desired state of the model
 * in {@code serving}: a reader that knows only the newest event of a key knows what should be live.
 *
 * @param serving versions that should be live, each with the path of its folder relative to the storage root
 * @param labels  label to version, such as {@code champion}
 * @param reason  one line for people: why it was promoted, rejected or rolled back
 * @param metrics evaluation metrics of {@code version} by name
 * @param trainedOn the data behind every served or labelled version; null in events from before it was told
 */
public record ModelVersionEvent(
        String id, Instant time, String model, long version, Change change, String reason,
        SortedMap<Long, String> serving, Map<String, Long> labels, Map<String, Double> metrics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SortedMap<Long, TrainedOn> trainedOn) implements Event {

    /** Label of the version that answers requests that name no version. */
    public static final String CHAMPION = "champion";

    /** A dataset version. */
    public record TrainedOn(String dataset, long version) {}

    public enum Change { TRAINED, PROMOTED, REJECTED, ROLLED_BACK, WITHDRAWN }

    public ModelVersionEvent {
        serving = Collections.unmodifiableSortedMap(new TreeMap<>(serving));
        labels = Map.copyOf(labels);
        metrics = Map.copyOf(metrics);
        trainedOn = trainedOn == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(trainedOn));
    }

    /** An event that does not tell what its versions were trained on. */
    public ModelVersionEvent(String id, Instant time, String model, long version, Change change, String reason,
            SortedMap<Long, String> serving, Map<String, Long> labels, Map<String, Double> metrics) {
        this(id, time, model, version, change, reason, serving, labels, metrics, null);
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
