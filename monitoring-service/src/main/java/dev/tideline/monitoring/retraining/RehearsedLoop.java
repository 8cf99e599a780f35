package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.TrainingRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loop of one model in memory, without database and topics: the same decisions as {@link Loops}, for a backtest. Not thread-safe. */
public final class RehearsedLoop {

    private final RetrainingPolicy policy;
    private LoopState state;

    public RehearsedLoop(String model, RetrainingPolicy policy, Instant now) {
        this.policy = policy;
        this.state = LoopState.initial(model, now);
    }

    /**
     * A policy from JSON as the service takes it.
     *
     * @throws dev.tideline.starter.error.TidelineException with all problems
     */
    public static RetrainingPolicy policy(JsonNode json) {
        return new PolicyReader(JsonMapper.builder().build()).read(json);
    }

    /** Takes an observation; the request that it leads to, or null. */
    public @Nullable TrainingRequest see(Observation observation, Instant now) {
        Decision decision = RetrainingLoop.decide(state, policy, observation, now);
        state = decision.state();
        Decision.Request request = decision.request();
        return request == null ? null : new TrainingRequest(request.id(), now, state.model(), request.window(), request.trigger(),
                request.reason(), request.evidence());
    }

    public LoopState state() {
        return state;
    }
}
