/**
 * Explains single predictions: what went in, what came out, which version answered and where that came from. PostgreSQL remembers for a
 * bounded time where each prediction lies in Kafka; its content stays there and is redacted before it is shown.
 */
@NullMarked
package dev.tideline.monitoring.prediction;

import org.jspecify.annotations.NullMarked;
