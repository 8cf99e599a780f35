package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.tensor.Tensor;
import java.util.concurrent.TimeUnit;

/** Measures one request. What was not found carries no name, lest callers invent metric series. */
final class Measure {

    private static final String NONE = "none";

    private final PredictionMetrics metrics;
    private final EntryPoint entryPoint;
    private final long start;
    private long checked;
    private String model = NONE;
    private String version = NONE;
    private String signature = NONE;

    Measure(PredictionMetrics metrics, EntryPoint entryPoint, long start) {
        this.metrics = metrics;
        this.entryPoint = entryPoint;
        this.start = start;
        this.checked = start;
    }

    void servable(ServableId id) {
        model = id.model();
        version = Long.toString(id.version());
    }

    void signature(String name) {
        signature = name;
    }

    /** From here on, it is the engine's time, wait for a batch included. */
    void checked() {
        checked = System.nanoTime();
    }

    void answered(Prediction prediction) {
        long end = System.nanoTime();
        int rows = rows(prediction);
        PredictionMetrics.Answered meters = metrics.answered(key(StatusCode.OK));
        meters.requests().record(end - start, TimeUnit.NANOSECONDS);
        meters.runtime().record(end - checked, TimeUnit.NANOSECONDS);
        meters.rows().increment(rows);
        meters.rowsPerRequest().record(rows);
    }

    void failed(StatusCode code) {
        metrics.timer(key(code)).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private PredictionMetrics.Key key(StatusCode code) {
        return new PredictionMetrics.Key(model, version, signature, entryPoint, code);
    }

    private static int rows(Prediction prediction) {
        for (Tensor input : prediction.inputs().values()) {
            return input.shape().rank() == 0 ? 1 : input.shape().rows();
        }
        return 1;
    }
}
