package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.predictionlog.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prediction joined with its label.
 *
 * @param answer  beside the truth; null when they do not compare
 * @param archive the record that goes back to the dataset; null when it would not be taken there
 * @param slices  that the prediction belongs to, as {@code feature=value}
 */
public record Labelled(Prediction prediction, @Nullable Answer answer, @Nullable ArchivedExample archive, List<String> slices) {}
