package dev.tideline.training.model;

/**
 * How long and how wide to train.
 *
 * @param batchSize     examples per step over all replicas
 * @param replicas      copies of the model that train together, one per device
 * @param seed          of initial weights, dropout and the order of examples
 * @param shuffleBuffer examples held for shuffling; a buffer as large as the data shuffles perfectly
 * @param clipNorm      upper bound of the global norm of a step's gradients; 0 does not clip
 */
public record TrainingPlan(int epochs, int batchSize, int replicas, long seed, int shuffleBuffer, double clipNorm) {}
