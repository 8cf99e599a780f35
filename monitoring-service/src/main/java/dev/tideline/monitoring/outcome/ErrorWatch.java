package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.detector.DriftDetector;
import dev.tideline.monitoring.detector.DriftDetector.Level;
import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.store.CommittedStore;
import dev.tideline.monitoring.store.VersionKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Folds the labels of each model version, in one order, into totals, windows of quality, calibration and the error detector. Slices have
 * windows of quality only.
 */
final class ErrorWatch implements Processor<String, Judged, String, Signal> {

    static final String STORE = "error-watch";
    private static final long CHECK_MS = 10_000;

    private final OutcomeProperties properties;
    /** Versions whose totals have moved since they were last reported. */
    private final Set<String> moved = new HashSet<>();
    private ProcessorContext<String, Signal> context;
    private CommittedStore<WatchState> store;
    private long checked;

    ErrorWatch(OutcomeProperties properties) {
        this.properties = properties;
    }

    static CommittedStore.Codec<WatchState> codec() {
        Serde<WatchState> serde = JsonSerde.of(WatchState.class);
        return new CommittedStore.Codec<>() {
            @Override
            public byte[] write(WatchState state) {
                return serde.serializer().serialize(STORE, state);
            }

            @Override
            public @Nullable WatchState read(String key, byte[] bytes) {
                return CommittedStore.readable(key, () -> {
                    try {
                        return serde.deserializer().deserialize(STORE, bytes);
                    } catch (SerializationException otherForm) {
                        throw new IllegalArgumentException(otherForm.getMessage(), otherForm);
                    }
                });
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        moved.addAll(store.keys());
        context.schedule(properties.countInterval(), PunctuationType.WALL_CLOCK_TIME, this::report);
    }

    @Override
    public void process(Record<String, Judged> record) {
        Judged judged = record.value();
        take(record.key(), judged);
        for (String slice : judged.slices()) {
            take(VersionKey.slice(record.key(), slice), judged);
        }
    }

    private void take(String key, Judged judged) {
        VersionKey watched = VersionKey.parse(key);
        WatchState before = Objects.requireNonNullElseGet(store.get(key), () -> WatchState.initial(properties.detector()));
        WatchState after = before.with(judged, context.currentSystemTimeMs());
        if (watched.isWhole()) {
            after = watch(watched, before, after, judged.time());
        }
        store.put(key, closed(watched, after));
        moved.add(key);
    }

    private WatchState closed(VersionKey key, WatchState state) {
        AnswerWindow window = state.window();
        if (!window.isDue(properties.accuracyRows(), properties.accuracyTime(), context.currentSystemTimeMs())) {
            return state;
        }
        List<Answer> answers = window.answers();
        Calibration calibration = key.isWhole() ? state.calibration() : null;
        send(new Signal.AccuracyClosed(key.model(), key.version(), key.slice(), window.sequence(),
                Objects.requireNonNull(window.from()), Objects.requireNonNull(window.to()), answers.size(), window.right(),
                AnswerFigures.of(answers), calibration));
        return state.withNextWindow();
    }

    private WatchState watch(VersionKey key, WatchState before, WatchState after, Instant time) {
        Level level = after.detector().level();
        if (level == Level.DRIFT && before.detector() != after.detector()) {
            Instant from = after.recent().from(time);
            send(new Signal.ErrorAlarm(key.model(), key.version(), after.labels(), from, before.fresh(), evidence(after)));
            return after.alarmed(from);
        }
        if ((level == Level.WARNING) != (before.detector().level() == Level.WARNING)) {
            send(new Signal.ErrorWarning(key.model(), key.version(), after.labels(), level == Level.WARNING, evidence(after)));
        }
        return after;
    }

    private static Map<String, Double> evidence(WatchState state) {
        DriftDetector detector = state.detector();
        return Map.of("errorBefore", detector.quietMean(), "errorSince", detector.recentMean(),
                "labelsSince", (double) detector.recentCount(), "labels", (double) state.labels());
    }

    private void report(long now) {
        for (String key : moved) {
            WatchState state = store.get(key);
            VersionKey watched = VersionKey.parse(key);
            if (state != null && watched.isWhole()) {
                send(new Signal.LabelsCounted(watched.model(), watched.version(), state.labels(), state.judged(), state.right(),
                        state.archived(), state.recent().older()));
            }
        }
        moved.clear();
        if (now - checked >= CHECK_MS) {
            checked = now;
            closeOverdue();
        }
    }

    /** Labels that trickle in must show one day, too. */
    private void closeOverdue() {
        for (String key : store.keys()) {
            WatchState state = store.get(key);
            WatchState after = state == null ? null : closed(VersionKey.parse(key), state);
            if (after != null && after != state) {
                store.put(key, after);
            }
        }
    }

    private void send(Signal signal) {
        context.forward(new Record<>(signal.model(), signal, context.currentSystemTimeMs()));
    }
}
