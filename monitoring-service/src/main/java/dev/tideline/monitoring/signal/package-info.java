/** What the stream processing tells the rest of the service, over a Kafka topic of its own so that nothing is lost on the way. */
@NullMarked
package dev.tideline.monitoring.signal;

import org.jspecify.annotations.NullMarked;
