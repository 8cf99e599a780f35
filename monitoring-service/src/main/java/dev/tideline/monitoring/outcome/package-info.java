/**
 * Late labels: taken over HTTP or Kafka, joined with their predictions by prediction id, counted into accuracy per model version,
 * and watched by an error detector. The first label of a prediction counts; later ones only confirm or contradict it.
 */
@NullMarked
package dev.tideline.monitoring.outcome;

import org.jspecify.annotations.NullMarked;
