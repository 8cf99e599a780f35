package dev.tideline.platform.demo;

import dev.tideline.contracts.TrainingProgress;
import dev.tideline.platform.console.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part with live traffic: quiet, drift, detection, training, swap, and a while with the new version. */
final class LiveStory {

    private static final Duration TICK = Duration.ofMillis(500);

    private static final int HOPELESS = 100;

    private final Pace pace;
    private final Scenario scenario;
    private final Sighting sighting;
    private final Console console;
    private final InstantSource time;
    private @Nullable Instant onset;

    LiveStory(Pace pace, Scenario scenario, Sighting sighting, Console console, InstantSource time) {
        this.pace = pace;
        this.scenario = scenario;
        this.sighting = sighting;
        this.console = console;
        this.time = time;
    }

    /** @param onset when the drift began, as far as anybody knows; null when nothing drifted */
    record Times(@Nullable Instant onset, @Nullable Instant detected, @Nullable Instant replaced) {}

    Times tell(Traffic traffic, Scorecard scores) throws InterruptedException {
        var first = sighting.state().newestLive();
        console.line(String.format(Locale.ROOT, "Traffic: %,.0f rows per second; outcomes follow.", scenario.rate()));
        traffic.start(first);
        if (scenario.driftIsKnown()) {
            known(traffic, scores, first);
        } else {
            file(traffic, scores);
        }
        var state = sighting.state();
        var began = onset;
        var detected = began == null ? null : state.alarms().stream().filter(alarm -> !alarm.isBefore(began)).findFirst().orElse(null);
        var replaced = detected == null ? null : state.live().tailMap(first + 1).values().stream().findFirst().orElse(null);
        return new Times(began, detected, replaced);
    }

    private void known(Traffic traffic, Scorecard scores, long first) throws InterruptedException {
        watch(traffic, scores, pace.quiet());
        traffic.drift(scenario::drift);
        onset = time.instant();
        console.line("");
        console.line("The stream drifts now: electric bikes, winter, other riders late.");
        var end = System.nanoTime() + pace.noticeAndReplace().toNanos();
        while (sighting.state().newestLive() <= first && System.nanoTime() < end) {
            watch(traffic, scores, TICK);
        }
        watch(traffic, scores, pace.afterwards());
        var last = System.nanoTime() + pace.lastTraining().toNanos();
        while (isOnTheWay(sighting.state()) && System.nanoTime() < last) {
            watch(traffic, scores, TICK);
        }
        watch(traffic, scores, pace.lastVersion());
    }

    /** Whether a version is being trained, or has won and is not served yet. */
    private static boolean isOnTheWay(Sighting.State state) {
        return state.isTraining()
                || state.promotions().stream().anyMatch(promotion -> promotion.version() > state.newestLive());
    }

    private void file(Traffic traffic, Scorecard scores) throws InterruptedException {
        while (traffic.isRunning()) {
            watch(traffic, scores, TICK);
            if (onset == null && !sighting.state().alarms().isEmpty()) {
                onset = sighting.state().alarms().getFirst();
                traffic.drift(() -> { });
            }
        }
        watch(traffic, scores, TICK);
    }

    private void watch(Traffic traffic, Scorecard scores, Duration span) throws InterruptedException {
        var start = System.nanoTime();
        var end = start + span.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(TICK);
            draw(traffic, scores);
            if (traffic.requests() >= HOPELESS && traffic.failed() == traffic.requests()) {
                throw new DemoException("all " + traffic.requests() + " requests failed, the first with: " + traffic.firstFailure()
                        + " (expected: predictions)");
            }
        }
    }

    private void draw(Traffic traffic, Scorecard scores) {
        var state = sighting.state();
        var recent = scores.recent().accuracy();
        var progress = state.progress();
        var training = state.isTraining() && progress != null
                ? progress.state() == TrainingProgress.State.TRAINING
                        ? String.format(Locale.ROOT, "; training %.0f %%, %s", TrainingBar.share(progress) * 100, TrainingBar.text(progress))
                        : "; training: " + progress.state()
                : "";
        console.progress("right", Math.min(0.999, recent == null ? 0 : recent),
                String.format(Locale.ROOT, "version %d, %,d rows, %d requests failed%s",
                        state.newestLive(), traffic.answeredRows(), traffic.failed(), training));
    }
}
