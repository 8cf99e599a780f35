package dev.tideline.training.model;

import java.util.List;

/**
 * How one raw feature becomes numbers. What a transformation needs to know of the data is computed from dataset statistics and
 * frozen into the exported graph.
 */
public sealed interface Transform {

    /** The value as it is. */
    record Identity() implements Transform {}

    /**
     * Mean 0, deviation 1, clipped to at most {@code clip} deviations from the mean: what a network never saw it extrapolates, and one
     * value far off would drown all other inputs.
     *
     * @param clip 0 does not clip
     */
    record Standardise(double clip) implements Transform {
        static final double CLIP = 4;

        public Standardise() {
            this(CLIP);
        }
    }

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

    /**
     * One-hot of a hash, modulo {@code buckets}, of this feature's value together with those of {@code with}.
     *
     * @param bins a FLOAT feature enters by which of so many buckets with about equally many training values it is in
     */
    record Cross(List<String> with, int buckets, int bins) implements Transform {
        public Cross {
            with = List.copyOf(with);
        }
    }

    /** A JPEG, PNG, GIF (first frame) or BMP, resized, its bytes 0 to 255 scaled to {@code [min, max]}: an image for the layers. */
    record Image(int height, int width, int channels, Resize resize, double min, double max) implements Transform {}

    /** How pixels between pixels are found. */
    enum Resize { BILINEAR, NEAREST }
}
