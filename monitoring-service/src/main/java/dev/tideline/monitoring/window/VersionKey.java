package dev.tideline.monitoring.window;

import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import java.util.Optional;

/** A model version as part of a Kafka key: {@code model@version}. A model's name has no {@code @}. */
record VersionKey(String model, long version) {

    static VersionKey parse(String key) {
        int at = key.lastIndexOf('@');
        return new VersionKey(key.substring(0, at), Long.parseLong(key.substring(at + 1)));
    }

    Optional<ModelBaseline> find(ModelBaselines baselines) {
        return baselines.find(model, version);
    }
}
