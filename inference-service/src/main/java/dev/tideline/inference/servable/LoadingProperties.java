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
 * @param threads       versions that load at the same time, models taking turns
 * @param unloadThreads versions that are freed at the same time
 * @param transition    what a swap of versions keeps: an answer, or memory
 * @param niceness      by how much loads and unloads give way to requests for processors, as nice values count; 0: not at all
 * @param retries       further attempts after a failure that may pass by itself
 * @param retryInterval between two attempts
 * @param drainTimeout  how long a withdrawn version may take to answer its last requests; what then still runs is cancelled
 */
@Validated
@ConfigurationProperties("tideline.inference.loading")
record LoadingProperties(
        @DefaultValue("2") @Min(1) @Max(64) int threads,
        @DefaultValue("1") @Min(1) @Max(64) int unloadThreads,
        @DefaultValue("availability-preserving") @NotNull Transition transition,
        @DefaultValue("10") @Min(0) @Max(19) int niceness,
        @DefaultValue("3") @Min(0) int retries,
        @DefaultValue("10s") @NotNull Duration retryInterval,
        @DefaultValue("30s") @NotNull Duration drainTimeout) {

    /** {@code AVAILABILITY_PRESERVING}: load, then unload. {@code RESOURCE_PRESERVING}: unload, then load. */
    enum Transition { AVAILABILITY_PRESERVING, RESOURCE_PRESERVING }

    VersionPolicy policy() {
        return switch (transition) {
            case AVAILABILITY_PRESERVING -> new AvailabilityPreservingPolicy();
            case RESOURCE_PRESERVING -> new ResourcePreservingPolicy();
        };
    }
}
