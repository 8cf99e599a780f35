package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.tensor.Tensor;
import java.util.concurrent.TimeUnit;

/** Measures one request. What was not found carries no name, lest callers invent metric series. */
final class Measure {

    private static final String NONE = "none";

    private final PredictionMetrics metrics;
    private final long start;
    private String model = NONE;
    private String version = NONE;
    private String signature = NONE;

    Measure(PredictionMetrics metrics, long start) {
        this.metrics = metrics;
        this.start = start;
    }

    void servable(ServableId id) {
        model = id.model();
        version = Long.toString(id.version());
    }

    void signature(String name) {
        signature = name;
    }

    void answered(Prediction prediction) {
        PredictionMetrics.Key key = ended(StatusCode.OK);
        metrics.rows(key).increment(rows(prediction));
    }

    void failed(StatusCode code) {
        ended(code);
    }

    private PredictionMetrics.Key ended(StatusCode code) {
        PredictionMetrics.Key key = new PredictionMetrics.Key(model, version, signature, code);
        metrics.timer(key).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return key;
    }

    private static int rows(Prediction prediction) {
        for (Tensor input : prediction.inputs().values()) {
            return input.shape().rank() == 0 ? 1 : input.shape().rows();
        }
        return 1;
    }
}
