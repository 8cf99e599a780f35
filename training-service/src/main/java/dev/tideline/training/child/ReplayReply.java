package dev.tideline.training.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** One line of a {@link ReplayChild}'s standard output, one for each order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplayReply.Trained.class, name = "trained"),
    @JsonSubTypes.Type(value = ReplayReply.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = ReplayReply.Failed.class, name = "failed")
})
sealed interface ReplayReply {

    /**
     * @param promoted what the gate decided
     * @param summary  its reasons
     * @param metrics  of the candidate on the evaluation split
     * @param classes  that the model tells apart, in the order of {@link Answered#places}
     */
    record Trained(boolean promoted, String summary, Map<String, Double> metrics, List<String> classes, long steps)
            implements ReplayReply {}

    /**
     * @param places of the answered class, by record
     * @param scores probability of the second class by record, for two classes; empty otherwise
     */
    record Answered(int[] places, float[] scores) implements ReplayReply {}

    record Failed(ChildFailure code, String message) implements ReplayReply {}
}
