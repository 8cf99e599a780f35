package dev.tideline.monitoring.backtest;

import dev.tideline.features.Schema;
import dev.tideline.tfrecord.Example;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A labelled history, oldest row first.
 *
 * @param file   TFRecord file with the rows in order, below {@code root}
 * @param labels as text, in the form that a model's classes have
 * @param times  event times, never falling
 */
record History(Path root, String file, Schema schema, List<Example> rows, List<String> labels, List<Instant> times) {

    int size() {
        return rows.size();
    }

    /** Index of the first row at or after {@code time}; the size when there is none. */
    int firstSince(Instant time) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle).isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Share of rows from {@code from} on whose label is that of the row {@code delay + 1} before: what was last known. */
    double noChange(int from, int delay) {
        long right = 0;
        for (int i = from; i < size(); i++) {
            int known = i - 1 - delay;
            right += known >= 0 && labels.get(i).equals(labels.get(known)) ? 1 : 0;
        }
        return (double) right / (size() - from);
    }
}
