package dev.tideline.monitoring.outcome;

import java.time.Instant;

/**
 * Accuracy over a window of labels.
 *
 * @param from  event time of the earliest prediction
 * @param share right ones among {@code labels}
 */
public record Accuracy(long version, long sequence, Instant from, Instant to, long labels, long right, double share) {}
