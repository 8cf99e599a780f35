package dev.tideline.ingest.shard;

import dev.tideline.ingest.shard.RollPolicy.Decision;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Figures of the shard writers. */
@Component
final class ShardMeters {

    private record Lag(AtomicLong records, Meter.Id gauge) {}

    private final MeterRegistry registry;
    private final Map<TopicPartition, Lag> lags = new ConcurrentHashMap<>();

    ShardMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void rolled(Decision decision) {
        registry.counter("tideline.ingest.shards.rolled", "reason", decision.name().toLowerCase(Locale.ROOT)).increment();
    }

    void committed(FinishedShard shard) {
        registry.counter("tideline.ingest.records.committed", "dataset", shard.dataset()).increment(shard.records());
        registry.counter("tideline.ingest.records.rejected", "dataset", shard.dataset(), "door", "kafka").increment(shard.rejected());
        registry.counter("tideline.ingest.shard.bytes", "dataset", shard.dataset()).increment(shard.bytes());
    }

    void fenced() {
        registry.counter("tideline.ingest.shards.fenced").increment();
    }

    /** Records on the topic that this instance has not read yet. */
    void lag(String dataset, TopicPartition partition, long records) {
        lags.computeIfAbsent(partition, key -> {
            AtomicLong value = new AtomicLong();
            Gauge gauge = Gauge.builder("tideline.ingest.lag", value, AtomicLong::get)
                    .tag("dataset", dataset).tag("partition", Integer.toString(partition.partition())).register(registry);
            return new Lag(value, gauge.getId());
        }).records().set(records);
    }

    void released(TopicPartition partition) {
        Lag lag = lags.remove(partition);
        if (lag != null) {
            registry.remove(lag.gauge());
        }
    }
}
