package dev.tideline.training.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.gate.Verdict;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One line of a child's standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChildMessage.Pulse.class, name = "pulse"),
    @JsonSubTypes.Type(value = ChildMessage.Training.class, name = "training"),
    @JsonSubTypes.Type(value = ChildMessage.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = ChildMessage.Evaluating.class, name = "evaluating"),
    @JsonSubTypes.Type(value = ChildMessage.Trained.class, name = "trained"),
    @JsonSubTypes.Type(value = ChildMessage.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = ChildMessage.Failed.class, name = "failed")
})
public sealed interface ChildMessage {

    /** A sign of life, every second. {@code work} rises as long as the work goes on: a process may live and yet hang. */
    record Pulse(long work) implements ChildMessage {}

    /**
     * The graph is built; steps follow.
     *
     * @param resumedAt above 0 when it goes on from a checkpoint
     * @param damaged   checkpoints that could not be read and were passed over, newest first
     */
    record Training(long totalSteps, int epochs, long resumedAt, List<String> damaged) implements ChildMessage {}

    /**
     * @param loss      mean over the examples since the last message
     * @param inputWait share of this attempt's training time that steps waited for data
     */
    record Progress(int epoch, int epochs, long step, long totalSteps, double examplesPerSecond, double etaSeconds, double loss,
            double inputWait) implements ChildMessage {}

    /** Training is over; the exported model is being asked. */
    record Evaluating() implements ChildMessage {}

    /**
     * The model lies in the output folder and has answered every evaluation record.
     *
     * @param champion          on the same examples; null when there is none, or none that can be compared
     * @param verdict           of the gate
     * @param outputs           baselines of the answers by {@code output/<name>}, as JSON
     * @param importance        what the answers owe to each input, 1 together; empty when that is not known
     * @param examplesPerSecond over the whole training
     */
    record Finished(Evaluation candidate, @Nullable Evaluation champion, Verdict verdict, JsonNode outputs,
            SortedMap<String, Double> importance, long steps, double examplesPerSecond) implements ChildMessage {}

    /** A worker other than the first has done its last step. It waits to be ended: others may still read from it. */
    record Trained(long steps) implements ChildMessage {}

    record Failed(ChildFailure code, String message) implements ChildMessage {}
}
