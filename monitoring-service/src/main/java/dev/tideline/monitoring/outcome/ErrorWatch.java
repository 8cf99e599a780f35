package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.detector.DriftDetector;
import dev.tideline.monitoring.detector.DriftDetector.Level;
import dev.tideline.monitoring.signal.Signal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Folds the labels of each model version, in one order, into totals, windows of accuracy and the error detector. */
final class ErrorWatch implements Processor<String, Judged, String, Signal> {

    static final String STORE = "error-watch";

    private final OutcomeProperties properties;
    /** Versions whose totals have moved since they were last reported. */
    private final Set<String> moved = new HashSet<>();
    private ProcessorContext<String, Signal> context;
    private KeyValueStore<String, WatchState> store;

    ErrorWatch(OutcomeProperties properties) {
        this.properties = properties;
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        try (KeyValueIterator<String, WatchState> entries = store.all()) {
            entries.forEachRemaining(entry -> moved.add(entry.key));
        }
        context.schedule(properties.countInterval(), PunctuationType.WALL_CLOCK_TIME, this::report);
    }

    @Override
    public void process(Record<String, Judged> record) {
        String model = record.key().substring(0, record.key().lastIndexOf('@'));
        long version = Long.parseLong(record.key().substring(model.length() + 1));
        WatchState before = Objects.requireNonNullElseGet(store.get(record.key()),
                () -> WatchState.initial(properties.detector()));
        WatchState after = before.with(record.value());
        watch(model, version, before, after, record.value().time());
        if (after.window().labels() >= properties.accuracyRows()) {
            WatchState.Window window = after.window();
            send(new Signal.AccuracyClosed(model, version, window.sequence(), Objects.requireNonNull(window.from()),
                    Objects.requireNonNull(window.to()), window.labels(), window.right()));
            after = after.withNextWindow();
        }
        store.put(record.key(), after);
        moved.add(record.key());
    }

    private void watch(String model, long version, WatchState before, WatchState after, Instant time) {
        Level level = after.detector().level();
        if (level == Level.DRIFT && before.judged() != after.judged()) {
            send(new Signal.ErrorAlarm(model, version, after.labels(), time, before.archived(), evidence(after)));
        } else if ((level == Level.WARNING) != (before.detector().level() == Level.WARNING)) {
            send(new Signal.ErrorWarning(model, version, after.labels(), level == Level.WARNING, evidence(after)));
        }
    }

    private static Map<String, Double> evidence(WatchState state) {
        DriftDetector detector = state.detector();
        return Map.of("errorBefore", detector.quietMean(), "errorSince", detector.recentMean(),
                "labelsSince", (double) detector.recentCount(), "labels", (double) state.labels());
    }

    private void report(long now) {
        for (String key : moved) {
            WatchState state = store.get(key);
            int at = key.lastIndexOf('@');
            if (state != null) {
                send(new Signal.LabelsCounted(key.substring(0, at), Long.parseLong(key.substring(at + 1)), state.labels(),
                        state.judged(), state.right(), state.archived()));
            }
        }
        moved.clear();
    }

    private void send(Signal signal) {
        context.forward(new Record<>(signal.model(), signal, context.currentSystemTimeMs()));
    }
}
