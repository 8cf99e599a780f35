package dev.tideline.monitoring.prediction;

import dev.tideline.monitoring.predictionlog.PredictionHead;
import java.time.Instant;

/**
 * Where a prediction lies.
 *
 * @param logged time of the Kafka message
 */
record Whereabouts(PredictionHead head, Instant logged, int partition, long offset) {}
