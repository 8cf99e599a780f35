package dev.tideline.monitoring.prediction;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which predictions can be explained.
 *
 * @param share       of all predictions, chosen by their ids
 * @param keep        how long it is remembered where a prediction lies; its content is kept as long as Kafka keeps the topic
 * @param maxRows     predictions and outcomes remembered at most; beyond, the oldest day is forgotten early
 * @param readTimeout longest wait for Kafka to hand out one prediction
 */
@Validated
@ConfigurationProperties("tideline.monitoring.prediction")
record PredictionProperties(
        @DefaultValue("1.0") @DecimalMin("0") @DecimalMax("1") double share,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("20000000") @Min(1000) long maxRows,
        @DefaultValue("5s") Duration readTimeout) {}
