package dev.tideline.monitoring.backtest;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.monitoring.backtest.Run.Mark;
import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.detector.DriftDetector;
import dev.tideline.monitoring.drift.DriftJudge;
import dev.tideline.monitoring.retraining.Observation;
import dev.tideline.monitoring.retraining.RehearsedLoop;
import dev.tideline.monitoring.retraining.RetrainingPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop over a history: the service's detector, drift verdicts and state machine, real training and gate. A training takes no time
 * of the history: the rows that would have come meanwhile are answered by the new version.
 */
final class PolicyReplay {

    private final History history;
    private final int past;
    private final int delay;
    private final Detector kind;
    private final Laboratory laboratory;
    private final Run run;
    private final RehearsedLoop loop;
    private final Live live;
    private final DriftWindows windows;
    private final Version[] answeredBy;
    private final boolean[] wrong;
    private final Map<Integer, DriftDetector> detectors = new HashMap<>();
    private int row;

    PolicyReplay(String name, History history, int past, int delay, RetrainingPolicy policy, Detector kind, Version first, Laboratory laboratory) {
        this.history = history;
        this.past = past;
        this.delay = delay;
        this.kind = kind;
        this.laboratory = laboratory;
        this.run = new Run(name, past, history.size());
        this.live = new Live(laboratory, history.size(), first);
        this.windows = new DriftWindows(history.schema(), DriftJudge.withDefaults(), first);
        this.answeredBy = new Version[history.size()];
        this.wrong = new boolean[history.size()];
        this.row = past;
        this.loop = new RehearsedLoop("backtest", policy, now());
        see(new Observation.RowsArchived(Math.max(0, past - delay)));
        see(new Observation.ChampionNamed(first.number()));
        see(new Observation.VersionDeployed(first.number()));
    }

    Run run(IntConsumer progress) {
        for (; row < history.size(); row++) {
            answer();
            int labelled = row - delay;
            if (labelled >= past) {
                label(labelled);
            }
            if (labelled >= 0) {
                see(new Observation.RowsArchived(labelled + 1L));
            }
            see(new Observation.Tick());
            progress.accept(row);
        }
        return run;
    }

    private void answer() {
        Laboratory.Answer answer = live.answer(row);
        answeredBy[row] = live.version();
        wrong[row] = !answer.label().equals(history.labels().get(row));
        run.answered(row, !wrong[row]);
        Observation.WindowJudged window = windows.add(history.rows().get(row), answer, now());
        if (window != null) {
            if (window.fault() != null) {
                run.mark(row, Mark.Kind.BLOCKED, window.fault());
            }
            see(window);
        }
    }

    /** The label of {@code index} arrives. */
    private void label(int index) {
        Version version = answeredBy[index];
        DriftDetector before = detectors.computeIfAbsent(version.number(), number -> kind.start());
        DriftDetector after = before.next(wrong[index] ? 1 : 0);
        detectors.put(version.number(), after);
        Map<String, Double> evidence = Map.of("errorBefore", after.quietMean(), "errorSince", after.recentMean(),
                "labelsSince", (double) after.recentCount());
        if (after.level() == DriftDetector.Level.DRIFT) {
            if (version == live.version()) {
                run.mark(row, Mark.Kind.ALARM, String.format(Locale.ROOT, "error %.3f, then %.3f", after.quietMean(), after.recentMean()));
            }
            see(new Observation.ErrorAlarm(version.number(), history.times().get(index), index, evidence));
        } else if ((after.level() == DriftDetector.Level.WARNING) != (before.level() == DriftDetector.Level.WARNING)) {
            see(new Observation.ErrorWarning(version.number(), after.level() == DriftDetector.Level.WARNING, evidence));
        }
    }

    private void see(Observation observation) {
        @Nullable TrainingRequest request = loop.see(observation, now());
        if (request != null) {
            train(request);
        }
    }

    private void train(TrainingRequest request) {
        int labelled = Math.max(0, row + 1 - delay);
        int from = switch (request.window()) {
            case DataWindow.All all -> 0;
            case DataWindow.Last(long records) -> (int) Math.max(0, labelled - records);
            case DataWindow.Since(Instant time) -> Math.min(labelled, history.firstSince(time));
        };
        Laboratory.Outcome outcome = labelled - from < 2 ? new Laboratory.Outcome.Failed("no labelled rows in the window")
                : laboratory.train(from, labelled, live.version());
        switch (outcome) {
            case Laboratory.Outcome.Failed(String reason) -> {
                run.mark(row, Mark.Kind.FAILED, reason);
                see(new Observation.TrainingMoved(request.id(), State.FAILED, reason));
            }
            case Laboratory.Outcome.Trained(Version version) -> {
                run.trained(version.seconds());
                run.mark(row, Mark.Kind.TRAINED, request.trigger() + ", " + version.rows() + " rows: " + request.reason());
                if (version.promoted()) {
                    run.mark(row, Mark.Kind.DEPLOYED, "version " + version.number() + ": " + version.summary());
                    live.deploy(version);
                    windows.deploy(version);
                    see(new Observation.TrainingMoved(request.id(), State.PROMOTED, version.summary()));
                    see(new Observation.ChampionNamed(version.number()));
                    see(new Observation.VersionDeployed(version.number()));
                } else {
                    run.mark(row, Mark.Kind.REJECTED, version.summary());
                    see(new Observation.TrainingMoved(request.id(), State.REJECTED, version.summary()));
                }
            }
        }
    }

    private Instant now() {
        return history.times().get(Math.min(row, history.size() - 1));
    }
}
