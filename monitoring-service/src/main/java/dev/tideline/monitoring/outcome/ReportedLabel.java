package dev.tideline.monitoring.outcome;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A label on its topic, as features other than the join see it.
 *
 * @param label JSON scalar
 */
public record ReportedLabel(String predictionId, String label) {

    /** Empty for a message that is no label. */
    public static Optional<ReportedLabel> read(byte @Nullable [] value) {
        Label label = Label.read(value).label();
        return label == null ? Optional.empty() : Optional.of(new ReportedLabel(label.predictionId(), label.value().toString()));
    }
}
