package dev.tideline.training.model;

/**
 * How one raw feature becomes numbers. What a transformation needs to know of the data is computed from dataset statistics and
 * frozen into the exported graph.
 */
public sealed interface Transform {

    /** The value as it is. */
    record Identity() implements Transform {}

    /** Mean 0, deviation 1. */
    record Standardise() implements Transform {}

    /** Smallest value 0, largest 1; values outside are clipped. */
    record MinMax() implements Transform {}

    /** Sign-preserving log(1 + |x|), then standardised by the transformed range. */
    record Log() implements Transform {}

    /** Clipped to [min, max], then scaled to [0, 1]. */
    record Clip(double min, double max) implements Transform {}

    /** One-hot of {@code count} buckets with about equally many training values each. */
    record Bucketise(int count) implements Transform {}

    /** One-hot of the {@code size} most frequent values, then {@code oov} buckets for all others. */
    record Vocabulary(int size, int oov) implements Transform {}

    /** One-hot of a hash modulo {@code buckets}. */
    record Hash(int buckets) implements Transform {}

    /** A trained vector per value of a {@link Vocabulary} of {@code size} values and {@code oov} buckets. */
    record Embedding(int dimensions, int size, int oov) implements Transform {}
}
