/** Lifecycle events as Kafka records: published at once, or through an outbox in the caller's transaction; read back with typed errors. */
@NullMarked
package dev.tideline.starter.event;

import org.jspecify.annotations.NullMarked;
