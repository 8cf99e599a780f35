package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.predictionlog.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * A prediction joined with its label.
 *
 * @param error   0 or 1; null when right and wrong do not apply
 * @param archive the record that goes back to the dataset; null when it would not be taken there
 */
public record Labelled(Prediction prediction, @Nullable Double error, @Nullable ArchivedExample archive) {}
