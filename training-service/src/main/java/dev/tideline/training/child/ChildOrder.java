package dev.tideline.training.child;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a child process is to do. Paths are absolute.
 *
 * @param attempt         how often the job was begun
 * @param definition      the model definition as JSON
 * @param manifest        of the dataset version
 * @param storageRoot     what paths in the manifest are relative to
 * @param champion        folder of the model to compare with; null when there is none
 * @param output          empty folder that the SavedModel goes into
 * @param checkpoints     folder that survives a crash of the child; training goes on from what it finds there
 * @param threads         for the work inside TensorFlow's operations; 0 takes all cores
 * @param checkpointMillis shortest time between two checkpoints
 * @param progressMillis  shortest time between two progress messages
 */
public record ChildOrder(
        String job, int attempt, JsonNode definition, String manifest, String storageRoot, @Nullable String champion, String output,
        String checkpoints, int threads, long checkpointMillis, long progressMillis) {}
