package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.TrainingProgress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that the loop of one model learns. */
public sealed interface Observation {

    /**
     * A window of predictions of {@code version} was judged.
     *
     * @param ended   event time of its last prediction
     * @param inputs  whether the inputs drifted
     * @param outputs whether the answers drifted
     * @param fault   what is broken in the data, null when nothing is
     */
    record WindowJudged(
            long version, Instant ended, DriftEvent.Status status, boolean inputs, boolean outputs, @Nullable String fault, String reason,
            Map<String, Double> evidence) implements Observation {}

    /** The error detector warns, or no longer warns. */
    record ErrorWarning(long version, boolean raised, Map<String, Double> evidence) implements Observation {}

    /**
     * The error detector is sure.
     *
     * @param from         event time from which on rows are of the new concept
     * @param archivedRows archived rows of the model at that moment
     */
    record ErrorAlarm(long version, Instant from, long archivedRows, Map<String, Double> evidence) implements Observation {}

    /** {@code share} of the answers in a full window of labels were right. */
    record AccuracyMeasured(long version, double share) implements Observation {}

    /** {@code total} labelled rows of the model have gone to its dataset so far, but for those that did so after an alarm and are older than it. */
    record RowsArchived(long total) implements Observation {}

    /** A training job moved; {@code request} is null when the loop did not ask for it. */
    record TrainingMoved(@Nullable String request, TrainingProgress.State state, @Nullable String message)
            implements Observation {}

    /** {@code version} should answer requests from now on. */
    record ChampionNamed(long version) implements Observation {}

    /** Inference answers with {@code version}. */
    record VersionDeployed(long version) implements Observation {}

    /** Inference no longer answers with {@code version}. */
    record VersionWithdrawn(long version) implements Observation {}

    /** A person asks for training now. */
    record ManualRequest(String reason) implements Observation {}

    /** {@code champion} answers again because a later version was taken back. */
    record RolledBack(long champion, String reason) implements Observation {}

    /** A person lets the proposed training go ahead. */
    record Approved(String by) implements Observation {}

    /** A person does not want the proposed training. */
    record Refused(String by, String reason) implements Observation {}

    /** Time has passed. */
    record Tick() implements Observation {}
}
