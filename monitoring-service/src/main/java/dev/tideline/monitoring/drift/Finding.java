package dev.tideline.monitoring.drift;

/**
 * One thing that a feature's values in a window do differently from training.
 *
 * @param alert large enough to act on; a finding below that is a warning
 * @param text  for people: what, how much, and what was expected
 */
public record Finding(Kind kind, boolean alert, String text) {

    public enum Kind {
        /** The shares of the bins or categories moved. */
        DISTRIBUTION,
        /** One of many categories moved. */
        CATEGORY,
        /** Values outside the trained categories. */
        UNSEEN,
        /** Values outside the trained range. */
        OUT_OF_RANGE,
        /** More rows without the feature. */
        MISSING,
        /** Values of a type that the feature does not have, or that are no numbers. */
        UNUSABLE,
        /** Predictions made on another schema than the model's. */
        SCHEMA,
        /** Inputs depend on each other in another way. */
        JOINT,
        /** The model is less, or more, sure of its answers. */
        CONFIDENCE;

        /** Whether this says that something is broken, and not that the world moved: nothing is to be learnt from such data. */
        public boolean isFault() {
            return this == MISSING || this == UNUSABLE || this == SCHEMA;
        }
    }
}
