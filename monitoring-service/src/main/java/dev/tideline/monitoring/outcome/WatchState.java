package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.detector.DriftDetector;
import dev.tideline.monitoring.profile.Calibration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the labels of one model version or slice.
 *
 * @param labels      labels so far
 * @param judged      of these, with an answer that compares
 * @param right       of these, right classes
 * @param archived    rows that went back to the dataset
 * @param detector    error detector
 * @param scale       of the errors of a model that answers with numbers
 * @param calibration how often it was right when it was how sure
 * @param window      that is being filled
 * @param recent      when its newest predictions were made
 */
record WatchState(
        long labels, long judged, long right, long archived, DriftDetector detector, ErrorScale scale, Calibration calibration,
        AnswerWindow window, Recent recent) {

    WatchState {
        // States of an earlier form have none.
        recent = recent == null ? Recent.NONE : recent;
    }

    static WatchState initial(Detector detector) {
        return new WatchState(0, 0, 0, 0, detector.start(), ErrorScale.unknown(), Calibration.empty(), AnswerWindow.first(), Recent.NONE);
    }

    /** @param now when the label came, in milliseconds since 1970 */
    WatchState with(Judged label, long now) {
        long rows = archived + (label.archived() ? 1 : 0);
        Recent times = recent.with(label.time(), label.archived());
        Answer answer = label.answer();
        return switch (answer) {
            case null -> new WatchState(labels + 1, judged, right, rows, detector, scale, calibration, window, times);
            case Answer.Named named -> new WatchState(labels + 1, judged + 1, right + (named.right() ? 1 : 0), rows,
                    detector.next(named.right() ? 0 : 1), scale, calibrated(named), window.with(label.time(), named, now), times);
            case Answer.Several several -> new WatchState(labels + 1, judged + 1, right + (several.right() ? 1 : 0), rows,
                    detector.next(1 - several.share()), scale, calibration, window.with(label.time(), several, now), times);
            case Answer.Measured measured -> new WatchState(labels + 1, judged + 1, right, rows,
                    next(scale.error(measured.distance())), scale.with(measured.distance()), calibration,
                    window.with(label.time(), measured, now), times);
        };
    }

    private DriftDetector next(@Nullable Double error) {
        return error == null ? detector : detector.next(error);
    }

    private Calibration calibrated(Answer.Named named) {
        return named.confidence() == null ? calibration : calibration.with(named.confidence(), named.right());
    }

    WatchState withNextWindow() {
        return new WatchState(labels, judged, right, archived, detector, scale, calibration, window.next(), recent);
    }

    /** Archived rows but for those that came after an alarm and are older than it. */
    long fresh() {
        return archived - recent.older();
    }

    WatchState alarmed(Instant from) {
        return new WatchState(labels, judged, right, archived, detector, scale, calibration, window, recent.alarmed(from));
    }
}
