package dev.tideline.training.tensorflow;

/**
 * What one step did.
 *
 * @param loss     mean over the step's examples, penalties included
 * @param examples over all replicas
 */
public record StepReport(float loss, int examples) {}
