package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.signal.Signal.ClosedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Merges the chunks of all partitions into one window per model version and closes it when it is due. */
final class WindowProcessor implements Processor<String, byte[], String, Signal> {

    static final String STORE = "open-windows";
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final WindowProperties properties;
    private final ModelBaselines baselines;
    private final MeterRegistry meters;
    private ProcessorContext<String, Signal> context;
    private KeyValueStore<String, byte[]> store;

    WindowProcessor(WindowProperties properties, ModelBaselines baselines, MeterRegistry meters) {
        this.properties = properties;
        this.baselines = baselines;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        context.schedule(CHECK, PunctuationType.WALL_CLOCK_TIME, this::closeOverdue);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        VersionKey key = VersionKey.parse(record.key());
        Optional<ModelBaseline> found = key.find(baselines);
        if (found.isEmpty()) {
            meters.counter("tideline.predictions.unknown.version").increment();
            return;
        }
        SortedMap<String, Baseline> bins = found.get().baselines();
        long now = context.currentSystemTimeMs();
        OpenWindow window = load(record.key(), bins).with(ProfileSetCodec.read(record.value(), bins), now);
        closeWhenDue(record.key(), window, bins, now);
    }

    private OpenWindow load(String key, SortedMap<String, Baseline> bins) {
        byte[] bytes = store.get(key);
        return bytes == null ? OpenWindow.first(bins) : OpenWindow.read(bytes, bins);
    }

    private void closeWhenDue(String key, OpenWindow window, SortedMap<String, Baseline> bins, long now) {
        ClosedBy why = window.due(properties, now);
        if (why == null) {
            store.put(key, window.write());
            return;
        }
        VersionKey version = VersionKey.parse(key);
        context.forward(new Record<>(version.model(), new Signal.WindowClosed(version.model(), version.version(),
                window.sequence(), window.from(), window.to(), window.rows().rows(), why,
                ProfileSetCodec.write(window.rows())), now));
        store.put(key, window.next(bins).write());
    }

    private void closeOverdue(long now) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (String key : keys) {
            VersionKey.parse(key).find(baselines).map(ModelBaseline::baselines).ifPresent(bins -> {
                OpenWindow window = load(key, bins);
                if (window.due(properties, now) != null) {
                    closeWhenDue(key, window, bins, now);
                }
            });
        }
    }
}
