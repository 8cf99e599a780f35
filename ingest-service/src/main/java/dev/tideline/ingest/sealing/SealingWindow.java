package dev.tideline.ingest.sealing;

import dev.tideline.contracts.DataWindow;
import java.time.Duration;
import java.time.Instant;

/** Which records a version by rule covers: a window as it is, or one that moves with time. */
sealed interface SealingWindow {

    /** The window of a version that is sealed for {@code time}. */
    DataWindow at(Instant time);

    record Fixed(DataWindow window) implements SealingWindow {

        @Override
        public DataWindow at(Instant time) {
            return window;
        }
    }

    /** Records whose event time is at most {@code age} before the point that the version is sealed for. */
    record Recent(Duration age) implements SealingWindow {

        @Override
        public DataWindow at(Instant time) {
            return new DataWindow.Since(time.minus(age));
        }
    }
}
