package dev.tideline.monitoring.window;

import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Profiles the predictions of one partition in chunks per model version. The window itself then has tens of rows per message to
 * merge instead of one, wherever in the cluster it lives.
 */
final class ChunkProcessor implements Processor<String, Prediction, String, byte[]> {

    static final String STORE = "prediction-chunks";

    private final WindowProperties properties;
    private final ModelBaselines baselines;
    private final MeterRegistry meters;
    /** The decoded form of what the store holds. */
    private final Map<String, ProfileSet> open = new LinkedHashMap<>();
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> store;

    ChunkProcessor(WindowProperties properties, ModelBaselines baselines, MeterRegistry meters) {
        this.properties = properties;
        this.baselines = baselines;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        restore();
        context.schedule(properties.chunkTime(), PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    @Override
    public void process(Record<String, Prediction> record) {
        Prediction prediction = record.value();
        Optional<ModelBaseline> baseline = baselines.find(prediction.model(), prediction.version());
        if (baseline.isEmpty()) {
            meters.counter("tideline.predictions.unknown.version").increment();
            return;
        }
        String key = prediction.versionKey();
        ProfileSet chunk = open.computeIfAbsent(key, absent -> new ProfileSet(baseline.get().baselines()));
        chunk.add(prediction.example(), prediction.time());
        if (chunk.rows() >= properties.chunkRows()) {
            send(key, chunk, record.timestamp());
            open.remove(key);
            store.delete(key);
        } else {
            store.put(key, ProfileSetCodec.write(chunk));
        }
    }

    private void restore() {
        try (KeyValueIterator<String, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> VersionKey.parse(entry.key).find(baselines)
                    .ifPresent(found -> open.put(entry.key, ProfileSetCodec.read(entry.value, found.baselines()))));
        }
    }

    private void flush(long now) {
        open.forEach((key, chunk) -> {
            send(key, chunk, now);
            store.delete(key);
        });
        open.clear();
    }

    private void send(String key, ProfileSet chunk, long timestamp) {
        context.forward(new Record<>(key, ProfileSetCodec.write(chunk), timestamp));
    }
}
