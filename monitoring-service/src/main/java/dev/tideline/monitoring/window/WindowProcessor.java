package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.signal.Signal.ClosedBy;
import dev.tideline.monitoring.store.CommittedStore;
import dev.tideline.monitoring.store.VersionKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.SortedMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Merges the chunks of all partitions into one window per model version and slice, and closes it when it is due. Rows of a version
 * without bins go to {@link BaselineLearner} until it has learnt them.
 */
final class WindowProcessor implements Processor<String, byte[], String, Signal> {

    static final String STORE = "open-windows";
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final WindowProperties properties;
    private final LearningProperties learning;
    private final ModelBaselines baselines;
    private final Counter unknown;
    private final Counter learnt;
    private ProcessorContext<String, Signal> context;
    private CommittedStore<OpenWindow> open;
    private BaselineLearner learner;

    WindowProcessor(WindowProperties properties, LearningProperties learning, ModelBaselines baselines, MeterRegistry meters) {
        this.properties = properties;
        this.learning = learning;
        this.baselines = baselines;
        this.unknown = meters.counter("tideline.predictions.unknown.version");
        this.learnt = meters.counter("tideline.predictions.learnt");
    }

    static CommittedStore.Codec<OpenWindow> codec(ModelBaselines baselines) {
        return new CommittedStore.Codec<>() {
            @Override
            public byte[] write(OpenWindow window) {
                return window.write();
            }

            @Override
            public @Nullable OpenWindow read(String key, byte[] bytes) {
                return baselines.find(VersionKey.parse(key)).map(found -> CommittedStore.readable(
                        key, () -> OpenWindow.read(bytes, found.baselines()))).orElse(null);
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        this.context = context;
        this.open = context.getStateStore(STORE);
        this.learner = new BaselineLearner(learning, context.getStateStore(BaselineLearner.STORE), context.currentSystemTimeMs());
        context.schedule(CHECK, PunctuationType.WALL_CLOCK_TIME, this::closeOverdue);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        VersionKey key = VersionKey.parse(record.key());
        SortedMap<String, Baseline> bins = bins(key);
        if (bins == null) {
            wait(key, record.key(), record.value());
            return;
        }
        release(key, record.key(), bins);
        ProfileSet rows = CommittedStore.readable(record.key(), () -> rows(Chunk.read(record.value()), bins));
        if (rows == null) {
            unknown.increment();
        } else {
            merge(key, record.key(), rows, bins);
        }
    }

    private static ProfileSet rows(Chunk chunk, SortedMap<String, Baseline> bins) {
        return switch (chunk) {
            case Chunk.Profiled profiled -> profiled.on(bins);
            case Chunk.Raw raw -> {
                ProfileSet row = new ProfileSet(bins);
                row.add(raw.example(), raw.time());
                yield row;
            }
        };
    }

    private void wait(VersionKey version, String key, byte[] chunk) {
        if (Chunk.read(chunk) instanceof Chunk.Profiled) {
            // Its manifest was there when the row was counted and is gone now.
            unknown.increment();
            return;
        }
        switch (learner.learn(version, key, chunk, context.currentSystemTimeMs())) {
            case BaselineLearner.Step.Refused refused -> unknown.increment();
            case BaselineLearner.Step.Kept kept -> learnt.increment();
            case BaselineLearner.Step.Learnt complete -> {
                learnt.increment();
                context.forward(new Record<>(version.model(), complete.signal(), context.currentSystemTimeMs()));
            }
        }
    }

    /** Counts the rows that came while the baseline was not in force yet. */
    private void release(VersionKey version, String key, SortedMap<String, Baseline> bins) {
        if (learner.isLearning(key)) {
            for (Chunk.Raw raw : learner.drain(key)) {
                merge(version, key, rows(raw, bins), bins);
            }
        }
    }

    private @Nullable SortedMap<String, Baseline> bins(VersionKey key) {
        return baselines.find(key).map(ModelBaseline::baselines).orElse(null);
    }

    private void merge(VersionKey version, String key, ProfileSet chunk, SortedMap<String, Baseline> bins) {
        long now = context.currentSystemTimeMs();
        OpenWindow window = open.get(key);
        closeWhenDue(version, key, (window == null ? OpenWindow.first(bins) : window).with(chunk, now), bins, now);
    }

    private void closeWhenDue(VersionKey version, String key, OpenWindow window, SortedMap<String, Baseline> bins, long now) {
        ClosedBy why = window.due(properties, now);
        if (why == null) {
            open.put(key, window);
            return;
        }
        context.forward(new Record<>(version.model(), new Signal.WindowClosed(version.model(), version.version(), version.slice(),
                window.sequence(), window.from(), window.to(), window.rows().rows(), why, ProfileSetCodec.write(window.rows())), now));
        open.put(key, window.next(bins));
    }

    private void closeOverdue(long now) {
        for (String key : learner.keys()) {
            VersionKey version = VersionKey.parse(key);
            SortedMap<String, Baseline> bins = bins(version);
            if (bins != null) {
                release(version, key, bins);
            }
        }
        for (String key : open.keys()) {
            VersionKey version = VersionKey.parse(key);
            SortedMap<String, Baseline> bins = bins(version);
            OpenWindow window = bins == null ? null : open.get(key);
            if (window != null && window.due(properties, now) != null) {
                closeWhenDue(version, key, window, bins, now);
            }
        }
    }
}
