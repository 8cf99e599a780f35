package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent.Change;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a model's versions.
 *
 * @param previous the champion before the change
 */
record HistoryEntry(long version, Change change, @Nullable Long previous, String reason, Instant at) {}
