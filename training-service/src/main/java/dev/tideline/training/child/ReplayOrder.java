package dev.tideline.training.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One line of a {@link ReplayChild}'s standard input. Paths are absolute. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplayOrder.Train.class, name = "train"),
    @JsonSubTypes.Type(value = ReplayOrder.Answer.class, name = "answer")
})
sealed interface ReplayOrder {

    /**
     * Train, and let the gate decide.
     *
     * @param number      version of the model, which goes to the model store below {@code storageRoot}
     * @param folder      empty folder of this training, for its checkpoints
     * @param manifest    of the dataset version
     * @param storageRoot what paths in the manifest are relative to
     * @param champion    version that is to be beaten; null when there is none
     * @param threads     for the work inside TensorFlow's operations; 0 takes all cores
     */
    record Train(int number, String folder, JsonNode definition, String manifest, String storageRoot, @Nullable Integer champion,
            int threads) implements ReplayOrder {}

    /** Answer records with version {@code number}. */
    record Answer(int number, List<Part> parts) implements ReplayOrder {}

    /** {@code take} records of {@code file} after its first {@code skip}. */
    record Part(String file, long skip, long take) {}
}
