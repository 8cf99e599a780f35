package dev.tideline.inference.servingmetrics;

import static java.util.Map.entry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Map;

/** Lets the meters that have an alias count in the alias' buckets, too. */
final class BucketFilter implements MeterFilter {

    private static final double NANOS = 1e3;
    private static final Map<String, double[]> BUCKETS = Map.ofEntries(
            entry(ServingMetricsText.REQUESTS, Bounds.LATENCY.ofMeters(NANOS)), entry(ServingMetricsText.RUNTIME, Bounds.LATENCY.ofMeters(NANOS)),
            entry(ServingMetricsText.WARM_UP, Bounds.LATENCY.ofMeters(NANOS)), entry(ServingMetricsText.WAIT, Bounds.QUEUE.ofMeters(NANOS)),
            entry(ServingMetricsText.REQUEST_ROWS, Bounds.ROWS.ofMeters(1)), entry(ServingMetricsText.BATCH_ROWS, Bounds.ROWS.ofMeters(1)),
            entry(ServingMetricsText.RUN_ROWS, Bounds.ROWS.ofMeters(1)), entry(ServingMetricsText.PADDING, Bounds.ROWS.ofMeters(1)));

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        double[] bounds = BUCKETS.get(id.getName());
        return bounds == null ? config : DistributionStatisticConfig.builder().serviceLevelObjectives(bounds).build().merge(config);
    }
}
