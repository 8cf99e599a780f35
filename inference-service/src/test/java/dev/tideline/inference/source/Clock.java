package dev.tideline.inference.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Goes on when told. */
final class Clock implements InstantSource {

    private Instant now;

    Clock(Instant start) {
        now = start;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
