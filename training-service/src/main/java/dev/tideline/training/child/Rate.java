package dev.tideline.training.child;

import java.util.function.LongSupplier;

/** Speed and mean loss between two progress messages. */
final class Rate {

    private final LongSupplier nanos;
    private final long begun;
    private long since;
    private long examples;
    private double weightedLoss;
    private long total;
    private double waited;

    Rate(LongSupplier nanos) {
        this.nanos = nanos;
        begun = nanos.getAsLong();
        since = begun;
    }

    /** @param waitedSeconds that the step waited for its data */
    void add(int count, float loss, double waitedSeconds) {
        waited += waitedSeconds;
        examples += count;
        weightedLoss += (double) loss * count;
        total += count;
    }

    double secondsSinceLast() {
        return (nanos.getAsLong() - since) / 1e9;
    }

    double examplesPerSecond() {
        return examples / Math.max(1e-9, secondsSinceLast());
    }

    double meanLoss() {
        return examples == 0 ? 0 : weightedLoss / examples;
    }

    /** Share of the time since the start that steps waited for data. */
    double inputWait() {
        return Math.clamp(waited / Math.max(1e-9, (nanos.getAsLong() - begun) / 1e9), 0, 1);
    }

    /** Over everything since the start. */
    double overall() {
        return total / Math.max(1e-9, (nanos.getAsLong() - begun) / 1e9);
    }

    void restart() {
        since = nanos.getAsLong();
        examples = 0;
        weightedLoss = 0;
    }
}
