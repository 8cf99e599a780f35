package dev.tideline.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The verdict over one window of one model version.
 *
 * @param windowStart event time of the first prediction in the window
 * @param windowEnd   event time of the last prediction in the window
 * @param rows        predictions in the window
 * @param features    verdicts, features in schema order, then outputs ({@code output/...})
 * @param outcomes    joined labels in the window's span
 * @param accuracy    share of right predictions among them; null without outcomes or for a regression
 * @param reason      one line for people
 */
public record DriftEvent(
        String id, Instant time, String model, long version, Instant windowStart, Instant windowEnd, long rows,
        Status status, List<Feature> features, long outcomes, @Nullable Double accuracy, String reason) implements Event {

    public enum Status { INSUFFICIENT_DATA, STABLE, WARNING, DRIFT }

    /**
     * @param figures the figures used, by name: {@code psi}, {@code js}, {@code missing}
     */
    public record Feature(String name, Status status, Map<String, Double> figures) {
        public Feature {
            figures = Map.copyOf(figures);
        }
    }

    public DriftEvent {
        features = List.copyOf(features);
    }

    @Override
    public String topic() {
        return Topics.DRIFT;
    }

    @Override
    public String key() {
        return model;
    }

    @Override
    public String type() {
        return "dev.tideline.drift.v1";
    }
}
