package dev.tideline.contracts;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a training job stands.
 *
 * @param request           id of the {@link TrainingRequest} behind the job, null when it was started over HTTP
 * @param message           why it was declined, rejected or failed; null while all is well
 * @param step              steps done so far, of {@code totalSteps}
 * @param examplesPerSecond over all replicas, measured since the last progress event
 * @param etaSeconds        estimated seconds of training left
 * @param metrics           newest training metrics by name ({@code loss} among them), and evaluation metrics once known
 */
public record TrainingProgress(
        String id, Instant time, String job, String model, @Nullable String request, State state,
        @Nullable String message, int epoch, int epochs, long step, long totalSteps, double examplesPerSecond,
        double etaSeconds, Map<String, Double> metrics) implements Event {

    /** {@link #HELD}: the candidate passed the gate and waits for an {@link Approval}; what follows is the last state. */
    public enum State { QUEUED, PREPARING, TRAINING, EVALUATING, PUBLISHING, HELD, PROMOTED, REJECTED, DECLINED, FAILED, CANCELLED }

    public TrainingProgress {
        metrics = Map.copyOf(metrics);
    }

    @Override
    public String topic() {
        return Topics.TRAINING_PROGRESS;
    }

    @Override
    public String key() {
        return job;
    }

    @Override
    public String type() {
        return "dev.tideline.training-progress.v1";
    }
}
