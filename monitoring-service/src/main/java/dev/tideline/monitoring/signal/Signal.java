package dev.tideline.monitoring.signal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.monitoring.profile.Calibration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message on {@link #TOPIC}, keyed by model, so that a model's signals stay in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Signal.BaselineLearnt.class, name = "baseline-learnt"),
    @JsonSubTypes.Type(value = Signal.WindowClosed.class, name = "window-closed"),
    @JsonSubTypes.Type(value = Signal.AccuracyClosed.class, name = "accuracy-closed"),
    @JsonSubTypes.Type(value = Signal.LabelsCounted.class, name = "labels-counted"),
    @JsonSubTypes.Type(value = Signal.ErrorWarning.class, name = "error-warning"),
    @JsonSubTypes.Type(value = Signal.ErrorAlarm.class, name = "error-alarm")
})
public sealed interface Signal {

    /** Internal to this service; not part of the public contract. */
    String TOPIC = "tideline.monitoring-signals";

    String model();

    long version();

    /** Why a window closed. */
    enum ClosedBy { ROWS, TIME, SILENCE }

    /**
     * The first predictions of a version that was trained elsewhere were made into its baseline.
     *
     * @param rows      predictions
     * @param from      event time of the earliest
     * @param to        event time of the latest
     * @param baselines in their JSON form
     */
    record BaselineLearnt(String model, long version, int rows, Instant from, Instant to, String baselines) implements Signal {}

    /**
     * A window of predictions is complete.
     *
     * @param slice    {@code feature=value}; empty for all predictions
     * @param sequence counts the windows of the version and slice from 1
     * @param from     event time of the first prediction
     * @param to       event time of the last prediction
     * @param profiles the profiles in their byte form
     */
    record WindowClosed(
            String model, long version, String slice, long sequence, Instant from, Instant to, long rows, ClosedBy closedBy,
            byte[] profiles) implements Signal {}

    /**
     * A window of labels is complete.
     *
     * @param slice       {@code feature=value}; empty for all labels
     * @param right       right classes among {@code labels}; 0 for a model that answers with numbers
     * @param figures     quality by name: {@code accuracy}, {@code auc}, {@code mae}, …
     * @param calibration of the version so far; null for a slice
     */
    record AccuracyClosed(
            String model, long version, String slice, long sequence, Instant from, Instant to, long labels, long right,
            Map<String, Double> figures, @Nullable Calibration calibration) implements Signal {}

    /**
     * Totals of a version since its first label.
     *
     * @param archived rows that went back to the dataset
     * @param older    of these, rows that did so after an alarm and whose predictions were made before it
     */
    record LabelsCounted(String model, long version, long labels, long judged, long right, long archived, Long older) implements Signal {

        public LabelsCounted {
            // Signals of an earlier form do not say.
            older = older == null ? Long.valueOf(0) : older;
        }
    }

    /** The error detector warns, or no longer warns. */
    record ErrorWarning(String model, long version, long label, boolean raised, Map<String, Double> evidence)
            implements Signal {}

    /**
     * The error detector is sure.
     *
     * @param label    ordinal of the label that raised the alarm
     * @param from     event time of its prediction; of the middle one of the newest when it is a straggler
     * @param archived rows of the version that went back to the dataset before, without {@link LabelsCounted#older}
     */
    record ErrorAlarm(
            String model, long version, long label, Instant from, long archived, Map<String, Double> evidence)
            implements Signal {}
}
