package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Map;

/** Lets the timers that have an alias count in the alias' buckets, too. */
final class BucketFilter implements MeterFilter {

    private static final Map<String, Bounds> TIMERS = Map.of(
            ServingMetricsText.REQUESTS, Bounds.LATENCY, ServingMetricsText.RUN, Bounds.LATENCY, ServingMetricsText.WAIT, Bounds.QUEUE,
            ServingMetricsText.LOAD, Bounds.LATENCY);

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        Bounds bounds = TIMERS.get(id.getName());
        return bounds == null ? config
                : DistributionStatisticConfig.builder().serviceLevelObjectives(bounds.nanos()).build().merge(config);
    }
}
