package dev.tideline.inference.batching;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Batching across requests.
 *
 * @param maxRows    rows of one run; a single request with more runs alone
 * @param maxWait    how long a request may wait for the running batch of its queue before a second run starts beside it; an idle queue
 *                   never waits
 * @param queueRows  rows that may wait per model version and signature; beyond that requests are refused with 429
 * @param runners    threads that run batches, shared by all queues; 0: one per processor
 */
@Validated
@ConfigurationProperties("tideline.inference.batching")
record BatchingProperties(
        @DefaultValue("256") @Min(1) int maxRows,
        @DefaultValue("2ms") @NotNull Duration maxWait,
        @DefaultValue("10000") @Min(1) int queueRows,
        @DefaultValue("0") @Min(0) int runners) {

    int runnerThreads() {
        return runners > 0 ? runners : Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
