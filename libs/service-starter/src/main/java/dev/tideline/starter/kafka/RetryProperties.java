package dev.tideline.starter.kafka;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Retries of Kafka records whose listener failed.
 *
 * @param first   pause before the first retry; doubles with each one
 * @param longest longest pause; must stay below the consumer's {@code max.poll.interval.ms}
 * @param faults  retries after a fault of the service itself, before the record becomes a dead letter
 */
@Validated
@ConfigurationProperties("tideline.kafka.retry")
record RetryProperties(
        @DefaultValue("500ms") Duration first,
        @DefaultValue("10s") Duration longest,
        @DefaultValue("3") @Min(0) int faults) {}
