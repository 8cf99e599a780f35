package dev.tideline.contracts;

import java.time.Instant;

/**
 * Somebody decided about a candidate that was held, see {@link TrainingProgress.State#HELD}.
 *
 * @param request  id of the {@link TrainingRequest} that the candidate answers
 * @param approved whether it becomes champion
 * @param by       who decided, for people
 * @param reason   one line for people
 */
public record Approval(String id, Instant time, String model, String request, boolean approved, String by, String reason) implements Event {

    @Override
    public String topic() {
        return Topics.APPROVALS;
    }

    @Override
    public String key() {
        return model;
    }

    @Override
    public String type() {
        return "dev.tideline.approval.v1";
    }
}
