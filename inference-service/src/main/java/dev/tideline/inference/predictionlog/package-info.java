/** Sends what was asked and answered to Kafka, one record per row. Never makes a prediction wait or fail. */
@NullMarked
package dev.tideline.inference.predictionlog;

import org.jspecify.annotations.NullMarked;
