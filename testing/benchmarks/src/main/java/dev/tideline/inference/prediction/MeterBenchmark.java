package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What the meters of one answered request cost: two timers, one of them a histogram, a counter and a summary, found by their tags. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MeterBenchmark {

    private final PredictionMetrics metrics = new PredictionMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final Prediction prediction = new Prediction("id", new ServableId("dense", 1),
            new Signature("serving_default", "", new TreeMap<>(), new TreeMap<>(), Map.of()), null, Instant.EPOCH, Map.of(),
            Map.of("x", Tensor.floats(Shape.of(1, 16), new float[16])), Map.of());

    @Benchmark
    public void answer() {
        measured();
    }

    @Benchmark
    @Threads(2)
    public void answersOfTwoThreads() {
        measured();
    }

    private void measured() {
        Measure measure = metrics.start(EntryPoint.REST_PREDICT);
        measure.servable(prediction.servable());
        measure.signature(prediction.signature().name());
        measure.checked();
        measure.answered(prediction);
    }
}
