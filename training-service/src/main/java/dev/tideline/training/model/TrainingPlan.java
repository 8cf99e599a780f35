package dev.tideline.training.model;

import org.jspecify.annotations.Nullable;

/**
 * How long and how wide to train.
 *
 * @param batchSize     examples per step over all replicas
 * @param replicas      parts that a batch is cut into in each worker on the CPU; on GPUs there is one per GPU
 * @param seed          of initial weights, dropout and the order of examples
 * @param shuffleBuffer examples held for shuffling; a buffer as large as the data shuffles perfectly
 * @param clipNorm      upper bound of the global norm of a step's gradients; 0 does not clip
 * @param earlyStopping null: all passes are made
 * @param input         how records are read
 * @param refit         whether a candidate that passed the gate is trained once more, on the evaluation records too
 * @param workers       processes of different instances that train together, unless a job asks for another number
 * @param elastic       whether fewer of them will do, unless a job says otherwise
 * @param devices       where replicas run
 */
public record TrainingPlan(int epochs, int batchSize, int replicas, long seed, int shuffleBuffer, double clipNorm,
        Precision precision, @Nullable EarlyStopping earlyStopping, InputPlan input, boolean refit, int workers, boolean elastic,
        DeviceChoice devices) {

    /** Workers that a job may have. */
    public static final int MOST_WORKERS = 64;

    /** In one process. */
    public TrainingPlan(int epochs, int batchSize, int replicas, long seed, int shuffleBuffer, double clipNorm, Precision precision,
            @Nullable EarlyStopping earlyStopping, InputPlan input, boolean refit) {
        this(epochs, batchSize, replicas, seed, shuffleBuffer, clipNorm, precision, earlyStopping, input, refit, 1, false, DeviceChoice.AUTO);
    }

    /** In float32, to the last pass, read as {@link InputPlan#DEFAULT} says. */
    public TrainingPlan(int epochs, int batchSize, int replicas, long seed, int shuffleBuffer, double clipNorm) {
        this(epochs, batchSize, replicas, seed, shuffleBuffer, clipNorm, Precision.FLOAT32, null, InputPlan.DEFAULT, false);
    }
}
