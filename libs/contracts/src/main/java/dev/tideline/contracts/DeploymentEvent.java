package dev.tideline.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a model version on one inference instance changed.
 *
 * @param instance name of the inference-service instance
 * @param message  why it failed; null otherwise
 */
public record DeploymentEvent(
        String id, Instant time, String model, long version, String instance, State state, @Nullable String message)
        implements Event {

    public enum State { LOADING, LIVE, FAILED, WITHDRAWN }

    @Override
    public String topic() {
        return Topics.DEPLOYMENTS;
    }

    @Override
    public String key() {
        return model;
    }

    @Override
    public String type() {
        return "dev.tideline.deployment.v1";
    }
}
