package dev.tideline.inference.servingmetrics;

/** Upper bounds of histogram buckets, in microseconds or rows, as TensorFlow Serving has them: first * factor^n. */
enum Bounds {

    /** Requests and runs: model_servers and servables/tensorflow/util.cc. */
    LATENCY(10, 1.8, 33),
    /** Time in a batching queue: batching/batching_session.cc. */
    QUEUE(100, 1.2, 52),
    /** Examples of a request: servables/tensorflow/util.cc. */
    ROWS(1, 2, 15);

    private final double[] bounds;

    Bounds(double first, double factor, int count) {
        bounds = new double[count];
        double bound = first;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
    }

    double[] upper() {
        return bounds.clone();
    }

    /** As meters are told of them: whole nanoseconds where these are microseconds. */
    double[] ofMeters(double unit) {
        double[] scaled = new double[bounds.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.rint(bounds[i] * unit);
        }
        return scaled;
    }
}
