/** Kafka, PostgreSQL and the four services as one thing that starts, is watched over and stops in order. */
@NullMarked
package dev.tideline.platform.stack;

import org.jspecify.annotations.NullMarked;
