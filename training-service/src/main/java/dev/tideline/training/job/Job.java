package dev.tideline.training.job;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress.State;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A training job as the table has it.
 *
 * @param requestId  of the event that asked for it; null when it was asked for over HTTP
 * @param definition the model's definition when the job was asked for; null when there was no such model
 * @param message    why it was declined, rejected or failed
 * @param priority   jobs of a higher one begin first
 * @param workers    processes that train it together
 * @param elastic    whether it may go on with fewer
 * @param hold       whether a candidate that passes the gate waits for a person
 * @param attempt    how often it was begun; only ever rises
 * @param tries      what it may fail by
 * @param version    number reserved for the model that comes out
 */
record Job(
        String id, String model, @Nullable String requestId, String trigger, String reason, DataWindow window,
        @Nullable JsonNode definition, @Nullable String definitionHash, State state, @Nullable String message, int priority, int workers,
        boolean elastic, boolean hold, int attempt, Tries tries,
        @Nullable Long version, @Nullable Long datasetVersion, Progress progress, Map<String, Double> metrics,
        Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {

    static final Set<State> ACTIVE = Set.of(State.QUEUED, State.PREPARING, State.TRAINING, State.EVALUATING, State.PUBLISHING);

    record Progress(int epoch, int epochs, long step, long totalSteps, double examplesPerSecond, double etaSeconds) {
        static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);
    }

    /**
     * How a job gets on from attempt to attempt.
     *
     * @param fruitless   attempts in a row, the present one included, that began no further than those before
     * @param reachedStep of the newest checkpoint that an attempt has begun from
     */
    record Tries(int fruitless, long reachedStep) {
        static final Tries NONE = new Tries(0, 0);

        /** Whether an attempt was made before the present one. */
        boolean again() {
            return fruitless > 1 || reachedStep > 0;
        }
    }

    boolean active() {
        return ACTIVE.contains(state);
    }
}
