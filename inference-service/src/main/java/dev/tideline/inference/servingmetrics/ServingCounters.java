package dev.tideline.inference.servingmetrics;

/** Counters under TensorFlow Serving's names. */
public final class ServingCounters {

    private final ServingMetricsText text;

    ServingCounters(ServingMetricsText text) {
        this.text = text;
    }

    /**
     * Over all labels.
     *
     * @param name as TensorFlow Serving's code writes it: {@code /tensorflow/serving/request_count}
     * @return 0 for a name that is no counter here
     */
    public long value(String name) {
        return Math.round(text.counter(name.replace('/', ':')));
    }
}
