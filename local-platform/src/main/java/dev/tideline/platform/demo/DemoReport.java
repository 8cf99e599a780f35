package dev.tideline.platform.demo;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a demo showed. Written as JSON by {@code --report}.
 *
 * @param onsetKnown whether the drift's beginning is known; if not, as in a file, the first alarm stands for it
 * @param closed     whether a drift was noticed, a new version replaced the old one, no request failed and no record was lost
 */
record DemoReport(
        String dataset, String model, String input, boolean onsetKnown, boolean closed, Accuracy accuracy, Seconds seconds,
        Requests requests, Records records, SortedMap<Long, Version> versions) {

    DemoReport {
        versions = new TreeMap<>(versions);
    }

    /**
     * Shares of right predictions, 0 to 1; null without rows.
     *
     * @param unchanged    of a predictor that repeats the label of the row before, over all rows
     * @param firstVersion of the first version over all rows; null when it was not kept for comparison
     * @param all          of whatever version answered, over all rows
     */
    record Accuracy(
            @Nullable Double beforeDrift, @Nullable Double afterDrift, @Nullable Double afterSwap,
            @Nullable Double all, @Nullable Double firstVersion, @Nullable Double unchanged) {}

    /** From the drift, or from its detection when nobody knows when a file drifts; null when it did not happen. */
    record Seconds(@Nullable Double onsetToDetection, @Nullable Double onsetToServing, double total) {}

    /** @param firstFailure why the first failed request failed */
    record Requests(long sent, long failed, long rows, @Nullable String firstFailure) {}

    /**
     * @param history     acknowledged over HTTP or by the broker before the first model
     * @param outcomes    acknowledged outcomes, each of which makes one record
     * @param inTfRecords counted in the files
     * @param byService   what ingest-service says is committed
     */
    record Records(long history, long outcomes, long inTfRecords, long byService, long rejected, int files) {

        long in() {
            return history + outcomes;
        }

        boolean allThere() {
            return in() == inTfRecords && in() == byService && rejected == 0;
        }
    }

    /** @param evaluation metrics that the gate saw */
    record Version(long rows, @Nullable Double accuracy, Map<String, Double> evaluation) {}
}
