package dev.tideline.monitoring.drift;

/** What a window says about one feature or output. */
public sealed interface FeatureVerdict {

    String name();

    Figures figures();

    /** Too few rows to say anything. */
    record Insufficient(String name, Figures figures) implements FeatureVerdict {}

    /** No difference that is both real and large enough to matter. */
    record Stable(String name, Figures figures) implements FeatureVerdict {}

    /** A real but moderate difference, or one seen in too few rows to be called drift. */
    record Warning(String name, Figures figures) implements FeatureVerdict {}

    /** A real and large difference. */
    record Drift(String name, Figures figures, boolean major) implements FeatureVerdict {}
}
