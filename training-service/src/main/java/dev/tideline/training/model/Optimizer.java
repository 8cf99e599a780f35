package dev.tideline.training.model;

/** How gradients move weights. */
public sealed interface Optimizer {

    Schedule learningRate();

    record Sgd(Schedule learningRate) implements Optimizer {}

    record Momentum(Schedule learningRate, double momentum, boolean nesterov) implements Optimizer {}

    record Adam(Schedule learningRate, double beta1, double beta2, double epsilon) implements Optimizer {}

    /** Adam with decoupled weight decay on kernels and embeddings (not on biases). */
    record AdamW(Schedule learningRate, double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {}

    record Adagrad(Schedule learningRate, double initialAccumulator, double epsilon) implements Optimizer {}

    record RmsProp(Schedule learningRate, double rho, double momentum, double epsilon) implements Optimizer {}

    record Ftrl(Schedule learningRate, double power, double initialAccumulator, double l1, double l2) implements Optimizer {}
}
