package dev.tideline.training.child;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a child process is to do. Paths are absolute.
 *
 * @param model           its name
 * @param attempt         how often the job was begun
 * @param definition      the model definition as JSON
 * @param manifest        of the dataset version
 * @param storageRoot     what paths in the manifest are relative to
 * @param champion        folder of the model to compare with; null when there is none
 * @param output          empty folder that the SavedModel goes into
 * @param checkpoints     folder that survives a crash of the child; training goes on from what it finds there
 * @param board           folder for TensorBoard's event files
 * @param lanes           into how many lanes the training data is cut: workers that the job was asked for
 * @param workers         addresses of all workers by rank; empty when this process trains alone
 * @param rank            of this process among them
 * @param threads         for the work inside TensorFlow's operations; 0 takes all cores
 * @param checkpointMillis shortest time between two checkpoints
 * @param progressMillis  shortest time between two progress messages
 */
public record ChildOrder(
        String job, String model, int attempt, JsonNode definition, String manifest, String storageRoot, @Nullable String champion,
        String output, String checkpoints, String board, int lanes, List<String> workers, int rank, int threads, long checkpointMillis,
        long progressMillis) {

    /** The same work by this process alone, with checkpoints, board and output of its own in {@code folder}. */
    ChildOrder apart(Path folder) {
        return new ChildOrder(job, model, attempt, definition, manifest, storageRoot, champion, folder.resolve("model").toString(),
            folder.resolve("checkpoints").toString(), folder.resolve("board").toString(), lanes, List.of(), 0, threads, checkpointMillis,
            progressMillis);
    }

    /** Whether this process saves, exports and judges. */
    public boolean first() {
        return rank == 0;
    }
}
