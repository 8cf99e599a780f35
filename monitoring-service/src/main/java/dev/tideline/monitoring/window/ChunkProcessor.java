package dev.tideline.monitoring.window;

import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.slice.Slices;
import dev.tideline.monitoring.store.CommittedStore;
import dev.tideline.monitoring.store.VersionKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Profiles the predictions of one partition in chunks per model version and slice. The window itself then has tens of rows per message to
 * merge instead of one, wherever in the cluster it lives. Rows of a version without bins go there as they are, for it to learn them.
 */
final class ChunkProcessor implements Processor<String, Prediction, String, byte[]> {

    static final String STORE = "prediction-chunks";
    private static final int MAX_VERSIONS = 500;

    private final WindowProperties properties;
    private final ModelBaselines baselines;
    private final Slices slices;
    private final Counter late;
    private final Counter foreign;
    /** Newest event time by version; the least recently used go first. */
    private final Map<String, Instant> newest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_VERSIONS;
        }
    };
    private ProcessorContext<String, byte[]> context;
    private CommittedStore<ProfileSet> open;

    ChunkProcessor(WindowProperties properties, ModelBaselines baselines, Slices slices, MeterRegistry meters) {
        this.properties = properties;
        this.baselines = baselines;
        this.slices = slices;
        this.late = meters.counter("tideline.predictions.late");
        this.foreign = meters.counter("tideline.predictions.foreign.schema");
    }

    static CommittedStore.Codec<ProfileSet> codec(ModelBaselines baselines) {
        return new CommittedStore.Codec<>() {
            @Override
            public byte[] write(ProfileSet set) {
                return ProfileSetCodec.write(set);
            }

            @Override
            public @Nullable ProfileSet read(String key, byte[] bytes) {
                return baselines.find(VersionKey.parse(key)).map(found -> CommittedStore.readable(
                        key, () -> ProfileSetCodec.read(bytes, found.baselines()))).orElse(null);
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.open = context.getStateStore(STORE);
        context.schedule(properties.chunkTime(), PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    @Override
    public void process(Record<String, Prediction> record) {
        Prediction prediction = record.value();
        String key = prediction.versionKey();
        Optional<ModelBaseline> baseline = baselines.find(prediction.model(), prediction.version());
        if (baseline.isEmpty()) {
            context.forward(record.withKey(key).withValue(Chunk.write(prediction)));
            return;
        }
        boolean isLate = isLate(key, prediction.time());
        add(key, prediction, isLate, baseline.get(), record.timestamp());
        for (String slice : slices.of(prediction.model(), prediction.example(), baseline.get().baselines())) {
            add(VersionKey.slice(key, slice), prediction, isLate, baseline.get(), record.timestamp());
        }
        if (isLate) {
            late.increment();
        }
    }

    private boolean isLate(String key, Instant time) {
        Instant before = newest.get(key);
        if (before == null || time.isAfter(before)) {
            newest.put(key, time);
            return false;
        }
        return time.isBefore(before.minus(properties.grace()));
    }

    private void add(String key, Prediction prediction, boolean isLate, ModelBaseline model, long timestamp) {
        ProfileSet chunk = open.get(key);
        if (chunk == null) {
            chunk = new ProfileSet(model.baselines());
        }
        if (isLate) {
            chunk.addLate(prediction.example());
        } else {
            chunk.add(prediction.example(), prediction.time());
        }
        if (model.isForeign(prediction.fingerprint())) {
            chunk.noteForeignSchema();
            foreign.increment();
        }
        if (chunk.rows() >= properties.chunkRows()) {
            send(key, chunk, timestamp);
            chunk = new ProfileSet(model.baselines());
        }
        open.put(key, chunk);
    }

    private void flush(long now) {
        for (String key : open.keys()) {
            ProfileSet chunk = open.get(key);
            if (chunk != null && chunk.rows() > 0) {
                send(key, chunk, now);
            }
            open.remove(key);
        }
    }

    private void send(String key, ProfileSet chunk, long timestamp) {
        context.forward(new Record<>(key, Chunk.write(chunk), timestamp));
    }
}
