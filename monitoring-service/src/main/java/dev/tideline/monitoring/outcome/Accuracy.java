package dev.tideline.monitoring.outcome;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Quality of answers over a window of labels.
 *
 * @param slice   {@code feature=value}; empty for all labels
 * @param from    event time of the earliest prediction
 * @param share   right ones among {@code labels}; null for a model that answers with numbers
 * @param figures by name: {@code accuracy}, {@code logLoss}, {@code auc}, {@code brier}, {@code calibrationError}, {@code exact}; {@code mae}, {@code rmse},
 *                {@code bias}
 */
public record Accuracy(
        long version, String slice, long sequence, Instant from, Instant to, long labels, long right, @Nullable Double share,
        Map<String, Double> figures) {}
