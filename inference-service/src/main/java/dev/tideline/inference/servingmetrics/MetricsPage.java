package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Where meters are added up by their labels, under another name. */
interface MetricsPage {

    <M extends Meter> void counters(String name, String help, Collection<M> meters, Function<M, String> labels, ToDoubleFunction<M> value);

    /** @param bounds microseconds for timers */
    <M extends Meter & HistogramSupport> void histograms(
            String name, String help, Bounds bounds, Collection<M> meters, Function<M, String> labels);
}
