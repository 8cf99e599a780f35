package dev.tideline.monitoring.deployment;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One entry of the history of a model. */
sealed interface Change {

    Instant at();

    long version();

    /** Such as {@code PROMOTED} or {@code LIVE}. */
    String kind();

    /** One line for people. */
    String reason();

    /**
     * training-service decided something about a version.
     *
     * @param champion the model's champion from now on; null when it has none
     */
    record Decided(Instant at, long version, ModelVersionEvent.Change change, @Nullable Long champion, String reason)
            implements Change {

        @Override
        public String kind() {
            return change.name();
        }
    }

    /**
     * The state of a version on an instance changed.
     *
     * @param message why it failed; null otherwise
     */
    record Moved(Instant at, long version, String instance, DeploymentEvent.State state, @Nullable String message) implements Change {

        @Override
        public String kind() {
            return state.name();
        }

        @Override
        public String reason() {
            return "on " + instance + (message == null ? "" : ": " + message);
        }
    }
}
