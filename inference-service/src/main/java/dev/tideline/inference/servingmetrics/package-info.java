/**
 * Metrics under TensorFlow Serving's names, so that its users keep their dashboards. Nothing is measured here: what Tideline measures anyway
 * is written down once more, in microseconds and in TensorFlow Serving's buckets.
 */
@NullMarked
package dev.tideline.inference.servingmetrics;

import org.jspecify.annotations.NullMarked;
