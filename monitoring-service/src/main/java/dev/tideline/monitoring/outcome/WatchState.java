package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.detector.DriftDetector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the labels of one model version.
 *
 * @param labels   labels so far
 * @param judged   of these, with right or wrong
 * @param right    of these, right
 * @param archived rows that went back to the dataset
 * @param detector error detector
 * @param window   window of accuracy that is being filled
 */
record WatchState(long labels, long judged, long right, long archived, DriftDetector detector, Window window) {

    /**
     * @param sequence counts from 1
     * @param from     event time of the earliest prediction, null while empty
     */
    record Window(long sequence, @Nullable Instant from, @Nullable Instant to, long labels, long right) {

        Window with(Instant time, boolean isRight) {
            return new Window(sequence, from == null || time.isBefore(from) ? time : from,
                    to == null || time.isAfter(to) ? time : to, labels + 1, right + (isRight ? 1 : 0));
        }

        Window next() {
            return new Window(sequence + 1, null, null, 0, 0);
        }
    }

    static WatchState initial(Detector detector) {
        return new WatchState(0, 0, 0, 0, detector.start(), new Window(1, null, null, 0, 0));
    }

    WatchState with(Judged label) {
        long rows = archived + (label.archived() ? 1 : 0);
        Double error = label.error();
        if (error == null) {
            return new WatchState(labels + 1, judged, right, rows, detector, window);
        }
        boolean isRight = error == 0;
        return new WatchState(labels + 1, judged + 1, right + (isRight ? 1 : 0), rows, detector.next(error),
                window.with(label.time(), isRight));
    }

    WatchState withNextWindow() {
        return new WatchState(labels, judged, right, archived, detector, window.next());
    }
}
