package dev.tideline.inference.servingmetrics;

/** Upper bounds of histogram buckets in microseconds, as TensorFlow Serving has them: first * factor^n. */
enum Bounds {

    /** Requests and runs: model_servers and servables/tensorflow/util.cc. */
    LATENCY(10, 1.8, 33),
    /** Time in a batching queue: batching/batching_session.cc. */
    QUEUE(100, 1.2, 52);

    private final double[] micros;

    Bounds(double first, double factor, int count) {
        micros = new double[count];
        double bound = first;
        for (int i = 0; i < count; i++) {
            micros[i] = bound;
            bound *= factor;
        }
    }

    double[] micros() {
        return micros.clone();
    }

    double[] nanos() {
        double[] nanos = new double[micros.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.rint(micros[i] * 1e3);
        }
        return nanos;
    }
}
