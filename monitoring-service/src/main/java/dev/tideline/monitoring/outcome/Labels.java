package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.retraining.Loops;
import dev.tideline.monitoring.retraining.Observation;
import dev.tideline.monitoring.signal.Signal.AccuracyClosed;
import dev.tideline.monitoring.signal.Signal.ErrorAlarm;
import dev.tideline.monitoring.signal.Signal.ErrorWarning;
import dev.tideline.monitoring.signal.Signal.LabelsCounted;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what the stream processing reports about labels, and passes it on to the loops. */
@Component
public final class Labels {

    private final JdbcLabels labels;
    private final Loops loops;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Labels(JdbcLabels labels, Loops loops, PlatformTransactionManager transactions, InstantSource clock) {
        this.labels = labels;
        this.loops = loops;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    public void handle(LabelsCounted counted) {
        transaction.executeWithoutResult(status -> {
            labels.count(counted, clock.instant());
            loops.observe(counted.model(), new Observation.RowsArchived(labels.fresh(counted.model())));
        });
    }

    public void handle(AccuracyClosed window) {
        Calibration calibration = window.calibration();
        transaction.executeWithoutResult(status -> {
            labels.insert(window);
            if (calibration != null) {
                labels.calibrate(window.model(), window.version(), calibration, clock.instant());
            }
            // A slice informs; the floor is one of all labels, and of classes.
            Double accuracy = window.figures().get("accuracy");
            if (window.slice().isEmpty() && accuracy != null) {
                loops.observeOnce(id("accuracy", window.model(), window.version(), window.sequence()), window.model(),
                        new Observation.AccuracyMeasured(window.version(), accuracy));
            }
        });
    }

    public void handle(ErrorWarning warning) {
        loops.observeOnce(id("warning", warning.model(), warning.version(), warning.label()), warning.model(),
                new Observation.ErrorWarning(warning.version(), warning.raised(), warning.evidence()));
    }

    public void handle(ErrorAlarm alarm) {
        transaction.executeWithoutResult(status -> loops.observeOnce(
                id("alarm", alarm.model(), alarm.version(), alarm.label()), alarm.model(),
                new Observation.ErrorAlarm(alarm.version(), alarm.from(),
                        labels.freshOfOthers(alarm.model(), alarm.version()) + alarm.archived(), alarm.evidence())));
    }

    public Optional<LabelTotals> totals(String model, long version) {
        return labels.totals(model, version);
    }

    public long archived(String model) {
        return labels.archived(model);
    }

    /** Of the last full window of labels. */
    public Optional<Accuracy> newestAccuracy(String model, long version) {
        return labels.newestOf(model, version);
    }

    /** What labels say of the confidence of a version; null before the first window of labels. */
    public @Nullable Calibration calibration(String model, long version) {
        return labels.calibration(model, version).orElse(null);
    }

    private static String id(String kind, String model, long version, long label) {
        return kind + "-" + model + "@" + version + "-" + label;
    }
}
