package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What meters had counted that are gone, such as those of former versions. TensorFlow Serving's counters name no version and only rise; one that
 * fell when a version went would look to Prometheus as if all its requests had been made just now.
 */
final class FormerTotals implements MetricsPage {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, Double>> counters = new HashMap<>();
    private final Map<String, Map<String, HistogramSum>> histograms = new HashMap<>();

    @Override
    public <M extends Meter> void counters(
            String name, String help, Collection<M> meters, Function<M, String> labels, ToDoubleFunction<M> value) {
        lock.lock();
        try {
            Map<String, Double> sums = counters.computeIfAbsent(name, n -> new HashMap<>());
            meters.forEach(meter -> sums.merge(labels.apply(meter), value.applyAsDouble(meter), Double::sum));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <M extends Meter & HistogramSupport> void histograms(
            String name, String help, Bounds bounds, Collection<M> meters, Function<M, String> labels) {
        lock.lock();
        try {
            Map<String, HistogramSum> sums = histograms.computeIfAbsent(name, n -> new HashMap<>());
            meters.forEach(meter -> sums.computeIfAbsent(labels.apply(meter), label -> HistogramSum.of(bounds, meter)).add(meter.takeSnapshot()));
        } finally {
            lock.unlock();
        }
    }

    /** By labels. */
    Map<String, Double> counters(String name) {
        lock.lock();
        try {
            return new HashMap<>(counters.getOrDefault(name, Map.of()));
        } finally {
            lock.unlock();
        }
    }

    /** By labels. */
    Map<String, HistogramSum> histograms(String name) {
        lock.lock();
        try {
            Map<String, HistogramSum> copies = new HashMap<>();
            histograms.getOrDefault(name, Map.of()).forEach((label, sum) -> copies.put(label, sum.copy()));
            return copies;
        } finally {
            lock.unlock();
        }
    }
}
