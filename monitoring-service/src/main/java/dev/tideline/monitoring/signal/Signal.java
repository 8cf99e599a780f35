package dev.tideline.monitoring.signal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;

/** One message on {@link #TOPIC}, keyed by model, so that a model's signals stay in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
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
     * A window of predictions is complete.
     *
     * @param sequence counts the windows of the version from 1
     * @param from     event time of the first prediction
     * @param to       event time of the last prediction
     * @param profiles the profiles in their byte form
     */
    record WindowClosed(
            String model, long version, long sequence, Instant from, Instant to, long rows, ClosedBy closedBy,
            byte[] profiles) implements Signal {}

    /** {@code right} of {@code labels} labelled predictions were right, in the window {@code sequence} of labels. */
    record AccuracyClosed(
            String model, long version, long sequence, Instant from, Instant to, long labels, long right) implements Signal {}

    /** Totals of a version since its first label; {@code archived} rows went back to the dataset. */
    record LabelsCounted(String model, long version, long labels, long judged, long right, long archived) implements Signal {}

    /** The error detector warns, or no longer warns. */
    record ErrorWarning(String model, long version, long label, boolean raised, Map<String, Double> evidence)
            implements Signal {}

    /**
     * The error detector is sure.
     *
     * @param label    ordinal of the label that raised the alarm
     * @param from     event time of its prediction
     * @param archived rows of the version that went back to the dataset before
     */
    record ErrorAlarm(
            String model, long version, long label, Instant from, long archived, Map<String, Double> evidence)
            implements Signal {}
}
