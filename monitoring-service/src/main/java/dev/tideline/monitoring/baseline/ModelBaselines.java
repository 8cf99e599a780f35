package dev.tideline.monitoring.baseline;

import dev.tideline.monitoring.store.VersionKey;
import java.util.Optional;

/** Finds the training side of model versions. */
public interface ModelBaselines {

    /** Empty for a version that the model store does not know or cannot read. Fast: answers are remembered. */
    Optional<ModelBaseline> find(String model, long version);

    /** That of the highest version in the store; empty when there is none, or it cannot be read. */
    Optional<ModelBaseline> newest(String model);

    /** The training side of the version that {@code key} names. */
    default Optional<ModelBaseline> find(VersionKey key) {
        return find(key.model(), key.version());
    }
}
