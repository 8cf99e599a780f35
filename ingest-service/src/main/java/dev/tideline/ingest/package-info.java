/** Takes events in over HTTP and Kafka and turns them into versioned TFRecord datasets. */
@NullMarked
package dev.tideline.ingest;

import org.jspecify.annotations.NullMarked;
