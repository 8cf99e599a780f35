package dev.tideline.training.tensorflow;

/**
 * What one step did.
 *
 * @param loss          mean over the step's examples, penalties included
 * @param examples      over all replicas
 * @param waitedSeconds how long the step waited for its batch
 */
public record StepReport(float loss, int examples, double waitedSeconds) {}
