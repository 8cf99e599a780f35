package dev.tideline.monitoring.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the predictions of the newest labels were made, and which rows are older than the last alarm.
 *
 * @param times event times of the newest labels, the newest label last
 * @param alarm event time from which on rows are of the new concept; null before the first alarm
 * @param older rows that went back to the dataset after an alarm and whose predictions were made before it
 */
record Recent(List<Instant> times, @Nullable Instant alarm, long older) {

    static final Recent NONE = new Recent(List.of(), null, 0);
    private static final int KEPT = 31;

    Recent {
        times = List.copyOf(times);
    }

    Recent with(Instant time, boolean archived) {
        List<Instant> newest = new ArrayList<>(times.subList(Math.max(0, times.size() + 1 - KEPT), times.size()));
        newest.add(time);
        return new Recent(newest, alarm, archived && alarm != null && time.isBefore(alarm) ? older + 1 : older);
    }

    /** Where the new concept begins when the label of a prediction at {@code time} raised the alarm: one straggler does not draw it back. */
    Instant from(Instant time) {
        Instant middle = times.isEmpty() ? time : times.stream().sorted().toList().get(times.size() / 2);
        return middle.isAfter(time) ? middle : time;
    }

    Recent alarmed(Instant from) {
        return new Recent(times, from, older);
    }
}
