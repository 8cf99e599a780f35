package dev.tideline.training.model;

/** One layer between the inputs and the head. */
public sealed interface Layer {

    /** What a dense layer does with its sums. */
    enum Activation { LINEAR, RELU, TANH, SIGMOID, ELU, SELU, SOFTPLUS }

    /** Fully connected. {@code l2} is the weight of the squared kernel in the loss. */
    record Dense(int units, Activation activation, double l2) implements Layer {}

    /** Zeroes each value with probability {@code rate} in training and scales the rest; does nothing in serving. */
    record Dropout(double rate) implements Layer {}

    /** Each row to mean 0 and deviation 1, then a trained scale and offset. */
    record LayerNorm() implements Layer {}
}
