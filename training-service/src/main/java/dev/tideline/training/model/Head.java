package dev.tideline.training.model;

import org.jspecify.annotations.Nullable;

/** What the model answers, and with which loss it is trained. */
public sealed interface Head {

    /**
     * Two classes, sigmoid and cross entropy; outputs {@code probability} and {@code label}.
     *
     * @param positive the class whose probability is given; null takes the last in natural order
     */
    record Binary(@Nullable String positive) implements Head {}

    /** Several classes, softmax and cross entropy; outputs {@code probabilities} and {@code label}. */
    record Multiclass() implements Head {}

    /** A number, squared error on the standardised label; output {@code prediction}. */
    record Regression() implements Head {}
}
