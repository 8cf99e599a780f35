package dev.tideline.inference.servable;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How versions are loaded and unloaded.
 *
 * @param threads       versions that load at the same time
 * @param retries       further attempts after a failure that may pass by itself
 * @param retryInterval between two attempts
 * @param drainTimeout  how long a withdrawn version may take to answer its last requests before a warning says so
 */
@Validated
@ConfigurationProperties("tideline.inference.loading")
record LoadingProperties(
        @DefaultValue("2") @Min(1) @Max(64) int threads,
        @DefaultValue("3") @Min(0) int retries,
        @DefaultValue("10s") @NotNull Duration retryInterval,
        @DefaultValue("30s") @NotNull Duration drainTimeout) {}
