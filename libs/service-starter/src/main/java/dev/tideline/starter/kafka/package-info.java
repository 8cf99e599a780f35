/** Kafka defaults of every service: topics, retries and dead letters by error category, health. */
@NullMarked
package dev.tideline.starter.kafka;

import org.jspecify.annotations.NullMarked;
