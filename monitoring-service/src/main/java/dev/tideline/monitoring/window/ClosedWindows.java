package dev.tideline.monitoring.window;

import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.features.Baseline;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.drift.DriftJudge;
import dev.tideline.monitoring.drift.FeatureVerdict;
import dev.tideline.monitoring.drift.Finding;
import dev.tideline.monitoring.drift.WindowVerdict;
import dev.tideline.monitoring.outcome.Accuracy;
import dev.tideline.monitoring.outcome.Labels;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.retraining.Loops;
import dev.tideline.monitoring.retraining.Observation;
import dev.tideline.monitoring.signal.Signal.WindowClosed;
import dev.tideline.starter.event.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges closed windows: verdict, event and the loop's next state are one transaction, taken once per window. */
@Component
public final class ClosedWindows {

    private static final Logger log = LoggerFactory.getLogger(ClosedWindows.class);

    private final JdbcWindows windows;
    private final EarlierWindows earlier;
    private final ModelBaselines baselines;
    private final DriftJudge judge;
    private final Labels labels;
    private final Loops loops;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ClosedWindows(JdbcWindows windows, EarlierWindows earlier, ModelBaselines baselines, DriftJudge judge, Labels labels, Loops loops, Outbox outbox,
            PlatformTransactionManager transactions, InstantSource clock) {
        this.windows = windows;
        this.earlier = earlier;
        this.baselines = baselines;
        this.judge = judge;
        this.labels = labels;
        this.loops = loops;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    public void handle(WindowClosed window) {
        Optional<ModelBaseline> model = baselines.find(window.model(), window.version());
        if (model.isEmpty()) {
            log.warn("model {} version {}: window {} is not judged (expected: a manifest in the model store)", window.model(),
                    window.version(), window.sequence());
            return;
        }
        SortedMap<String, Baseline> bins = model.get().baselines();
        ProfileSet own = ProfileSetCodec.read(window.profiles(), bins);
        long late = own.late();
        ProfileSet judged = earlier.fill(window, own, judge.minRows(), bins);
        List<ProfileSet> first = earlier.first(window, bins);
        Background background = judge.background(window.model(), window.sequence(), model.get().importance(), first,
                labels.calibration(window.model(), window.version()));
        WindowVerdict verdict = window.slice().isEmpty() ? judge.judge(judged, background)
                : judge.judge(SliceBaseline.on(first, judged, bins), background.ofSlice());
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            // A slice informs; what becomes of the model is decided by all of its predictions.
            if (windows.insert(window, view(window, late, verdict, now)) && window.slice().isEmpty()) {
                outbox.append(event(window, verdict, now));
                loops.observe(window.model(), new Observation.WindowJudged(
                        window.version(), window.to(), verdict.status(), verdict.inputsDrift(), verdict.outputsDrift(), verdict.fault(),
                        verdict.reason(), evidence(window, verdict)));
            }
        });
    }

    public Optional<WindowView> newestOf(String model, long version) {
        return windows.newestOf(model, version);
    }

    private DriftEvent event(WindowClosed window, WindowVerdict verdict, Instant now) {
        Optional<Accuracy> accuracy = labels.newestAccuracy(window.model(), window.version());
        return new DriftEvent(
                "window-" + window.model() + "-" + window.version() + "-" + window.sequence() + "-" + window.from().toEpochMilli(),
                now, window.model(), window.version(), window.from(), window.to(), window.rows(), verdict.status(),
                verdict.features().stream()
                        .map(feature -> new DriftEvent.Feature(feature.name(), status(feature), feature.figures().asMap()))
                        .toList(),
                accuracy.map(Accuracy::labels).orElse(0L), accuracy.map(Accuracy::share).orElse(null), verdict.reason());
    }

    private static Map<String, Double> evidence(WindowClosed window, WindowVerdict verdict) {
        TreeMap<String, Double> evidence = new TreeMap<>();
        evidence.put("window", (double) window.sequence());
        evidence.put("rows", (double) window.rows());
        for (FeatureVerdict feature : verdict.features()) {
            if (!feature.findings().isEmpty()) {
                evidence.put("psi/" + feature.name(), feature.figures().psi());
            }
        }
        verdict.findings().forEach(finding -> evidence.put("alert/" + finding.kind(), finding.alert() ? 1.0 : 0.0));
        return evidence;
    }

    private static WindowView view(WindowClosed window, long late, WindowVerdict verdict, Instant now) {
        return new WindowView(window.version(), window.slice(), window.sequence(), window.from(), window.to(), window.rows(), late,
                verdict.rows(), window.closedBy().name(), verdict.status().name(), verdict.reason(), verdict.figures(),
                verdict.findings().stream().map(Finding::text).toList(),
                verdict.features().stream().map(ClosedWindows::view).toList(), now);
    }

    private static WindowView.Feature view(FeatureVerdict feature) {
        String status = feature instanceof FeatureVerdict.Faulty ? "FAULTY" : status(feature).name();
        return new WindowView.Feature(feature.name(), status, feature.figures().asMap(),
                feature.findings().stream().map(Finding::text).toList());
    }

    private static Status status(FeatureVerdict feature) {
        return switch (feature) {
            case FeatureVerdict.Insufficient few -> Status.INSUFFICIENT_DATA;
            case FeatureVerdict.Stable stable -> Status.STABLE;
            case FeatureVerdict.Warning warning -> Status.WARNING;
            case FeatureVerdict.Faulty faulty -> Status.WARNING;
            case FeatureVerdict.Drift drift -> Status.DRIFT;
        };
    }
}
