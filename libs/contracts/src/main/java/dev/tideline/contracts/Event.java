package dev.tideline.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A lifecycle event. Consumers are idempotent by {@link #id()}.
 */
public sealed interface Event
        permits DatasetVersionEvent, TrainingRequest, Approval, TrainingProgress, ModelVersionEvent, DeploymentEvent, DriftEvent {

    /** Unique; the same event published twice has the same id. */
    String id();

    /** When it happened, not when it was published. */
    Instant time();

    /** The topic that carries events of this kind. */
    @JsonIgnore
    String topic();

    /** The Kafka key: events with equal keys stay in order. */
    @JsonIgnore
    String key();

    /** CloudEvents type, such as {@code dev.tideline.dataset-version.v1}. */
    @JsonIgnore
    String type();
}
