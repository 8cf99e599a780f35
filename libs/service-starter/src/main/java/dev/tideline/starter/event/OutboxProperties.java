package dev.tideline.starter.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param enabled    whether events wait in table {@code outbox} and are relayed from there
 * @param poll       how often to look for rows that nobody announced
 * @param maxBackOff longest pause after failures
 * @param batch      rows per transaction
 * @param ackTimeout how long to wait for Kafka's acknowledgement of a batch
 */
@Validated
@ConfigurationProperties("tideline.outbox")
record OutboxProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("10s") Duration maxBackOff,
        @DefaultValue("200") @Min(1) @Max(10_000) int batch,
        @DefaultValue("15s") Duration ackTimeout) {}
