package dev.tideline.training.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much an example counts in the loss by its class. */
public sealed interface ClassWeights {

    /** Each class by its own factor; a class that is not named by 1. */
    record Given(SortedMap<String, Double> factors) implements ClassWeights {
        public Given {
            factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
        }
    }

    /** {@code n / (classes * n of the class)} in the training split: each class weighs the same together. */
    record Balanced() implements ClassWeights {}

    /** Every class by 1. */
    static ClassWeights none() {
        return new Given(new TreeMap<>(Map.of()));
    }
}
