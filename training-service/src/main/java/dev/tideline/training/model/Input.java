package dev.tideline.training.model;

/**
 * A feature of the dataset's schema and how it enters the network.
 *
 * @param name by which layers ask for it; several inputs may share one
 */
public record Input(String name, String feature, Transform transform) {

    /** Named after its feature. */
    public Input(String feature, Transform transform) {
        this(feature, feature, transform);
    }
}
