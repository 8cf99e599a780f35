package dev.tideline.inference.batching;

/** What a queue goes by at this moment. Called with the queue's lock held, by one thread at a time. */
sealed interface BatchControl {

    BatchLimits limits();

    /**
     * A request was answered.
     *
     * @param full whether its batch could not have taken more
     */
    void answered(long waitNanos, long runNanos, boolean full);

    /** As configured, for ever. */
    record Fixed(BatchLimits limits) implements BatchControl {
        @Override
        public void answered(long waitNanos, long runNanos, boolean full) {
            // Nothing to learn.
        }
    }

    /** Moved by {@link LatencyTarget}. */
    record Aimed(LatencyTarget target) implements BatchControl {
        @Override
        public BatchLimits limits() {
            return target.limits();
        }

        @Override
        public void answered(long waitNanos, long runNanos, boolean full) {
            target.answered(waitNanos, runNanos, full);
        }
    }
}
