package dev.tideline.monitoring.prediction;

import dev.tideline.monitoring.deployment.Deployments;
import dev.tideline.monitoring.lineage.Cause;
import dev.tideline.monitoring.lineage.Origin;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything about one prediction.
 *
 * @param time      event time
 * @param signature of the model that answered; null when the log does not say
 * @param schema    null when neither log nor manifest name one
 * @param features  inputs as they were sent, less what is hidden
 * @param outputs   by name, without the prefix {@code output/}
 * @param hidden    features and outputs that the model's rule drops or hashes
 * @param shortened features and outputs that have more values than are shown, with their number
 * @param outcome   the first label that came; null before
 * @param origin    of the version; null when it is not known
 * @param trainedFor the request behind the version; null when a person asked for it, or it is not known
 * @param deployment why that version answered then; null when it was asked for by number or label, or that is not known
 * @param log       where the prediction lies
 */
record ExplainedPrediction(
        String id, String model, long version, Instant time, @Nullable String signature, @Nullable SchemaUsed schema,
        SortedMap<String, JsonNode> features, SortedMap<String, JsonNode> outputs, SortedSet<String> hidden, SortedMap<String, Integer> shortened,
        @Nullable Reported outcome, @Nullable Origin origin, @Nullable Cause trainedFor, @Nullable Decision deployment, LogPosition log) {

    /**
     * @param asTrained whether it is that of the data the version was trained on; null when one of them is not known
     */
    record SchemaUsed(String fingerprint, @Nullable Boolean asTrained) {}

    record Reported(JsonNode label, Instant at) {}

    record Decision(boolean champion, @Nullable Instant decidedAt, @Nullable String decision, String reason) {

        static Decision of(Deployments.Answering answering) {
            return new Decision(answering.champion(), answering.decidedAt(), answering.decision(), answering.reason());
        }
    }

    record LogPosition(String topic, int partition, long offset) {}
}
