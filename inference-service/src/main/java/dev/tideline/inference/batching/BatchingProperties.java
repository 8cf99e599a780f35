package dev.tideline.inference.batching;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Batching across requests.
 *
 * @param maxRows       most rows of one run
 * @param maxWait       how long a request may wait for the running batch of its queue before a second run starts beside it; an idle queue
 *                      never waits
 * @param queueRows     rows that may wait per model version and signature; beyond that requests are refused with 429
 * @param runners       threads that run batches, shared by all queues; 0: one per processor
 * @param allowedRows   sizes that a run may have, rising, the last equal to max-rows; a batch is filled up to the next of them with copies of
 *                      a row. Empty: any size
 * @param splitRequests whether a request of more than max-rows rows is run in parts; otherwise it runs alone, whole
 * @param padLengths    whether rows of different lengths may share a run, filled up with pad-value to the longest
 * @param padValue      fills up numbers; text is filled up with empty strings
 * @param targetP99     what wait and run together may take for 99 of 100 requests: rows and wait are then moved below max-rows and
 *                      max-wait to keep it. Absent: both stay at their most
 */
@Validated
@ConfigurationProperties("tideline.inference.batching")
record BatchingProperties(
        @DefaultValue("256") @Min(1) int maxRows,
        @DefaultValue("2ms") @NotNull Duration maxWait,
        @DefaultValue("10000") @Min(1) int queueRows,
        @DefaultValue("0") @Min(0) int runners,
        @DefaultValue({}) List<@Min(1) Integer> allowedRows,
        @DefaultValue("true") boolean splitRequests,
        @DefaultValue("false") boolean padLengths,
        @DefaultValue("0") double padValue,
        @Nullable Duration targetP99) {

    BatchingProperties {
        allowedRows = List.copyOf(allowedRows);
        int before = 0;
        for (int rows : allowedRows) {
            if (rows <= before) {
                throw new IllegalArgumentException("allowed-rows: " + allowedRows + " (expected: strictly rising)");
            }
            before = rows;
        }
        if (before > 0 && before != maxRows) {
            throw new IllegalArgumentException("allowed-rows: " + allowedRows + " (expected: the last equal to max-rows, " + maxRows + ")");
        }
        if (targetP99 != null && !targetP99.isPositive()) {
            throw new IllegalArgumentException("target-p99: " + targetP99 + " (expected: more than 0)");
        }
    }

    int runnerThreads() {
        return runners > 0 ? runners : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    BatchControl control() {
        BatchLimits most = BatchLimits.of(maxRows, maxWait);
        return targetP99 == null ? new BatchControl.Fixed(most) : new BatchControl.Aimed(new LatencyTarget(most, targetP99.toNanos()));
    }

    /** The size of a run that holds so many rows. */
    int runRows(int rows) {
        for (int allowed : allowedRows) {
            if (allowed >= rows) {
                return allowed;
            }
        }
        return rows;
    }

    /** The largest size that a run may have within a limit; the smallest allowed one where the limit is below all. */
    int within(int limit) {
        int best = limit;
        for (int allowed : allowedRows) {
            if (allowed <= limit || allowed == allowedRows.getFirst()) {
                best = allowed;
            }
        }
        return best;
    }
}
