package dev.tideline.ingest.shard;

import dev.tideline.ingest.shard.RollPolicy.Decision;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    ShardMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.gaugeMapSize("tideline.ingest.partitions.waiting", Tags.empty(), waiting);
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

    /** Uncommitted records were dropped, to be read again. */
    void abandoned() {
        registry.counter("tideline.ingest.shards.abandoned").increment();
    }

    /** A partition makes no progress, and why. */
    void waiting(String dataset, int partition, String why) {
        waiting.put(dataset + "-" + partition, why);
    }

    /** It does again, or is somebody else's. */
    void working(String dataset, int partition) {
        waiting.remove(dataset + "-" + partition);
    }

    /** Reasons, by dataset and partition. */
    SortedMap<String, String> waiting() {
        return new TreeMap<>(waiting);
    }

    /** Records that retention took from the topic before they were written. */
    void lost(String dataset, long records) {
        registry.counter("tideline.ingest.records.lost", "dataset", dataset).increment(records);
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

    void released(String dataset, TopicPartition partition) {
        working(dataset, partition.partition());
        Lag lag = lags.remove(partition);
        if (lag != null) {
            registry.remove(lag.gauge());
        }
    }
}
