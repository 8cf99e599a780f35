package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.predictionlog.Prediction;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A prediction joined with its label.
 *
 * @param error   0 or 1; empty when right and wrong do not apply
 * @param archive the record that goes back to the dataset; empty when it would not be taken there
 */
public record Labelled(Prediction prediction, OptionalDouble error, Optional<ArchivedExample> archive) {}
