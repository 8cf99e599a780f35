package dev.tideline.inference.predictionlog;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param enabled      whether predictions are logged at all
 * @param bufferMemory tensors that may wait for the log's thread; what comes on top is dropped and counted
 * @param flush        how long a stopping service tries to send what waits
 */
@Validated
@ConfigurationProperties("tideline.inference.prediction-log")
record PredictionLogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("32MB") @NotNull DataSize bufferMemory,
        @DefaultValue("5s") @NotNull Duration flush) {}
