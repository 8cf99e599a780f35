package dev.tideline.platform.demo;

import java.time.Duration;

/**
 * How long the parts of the live story take.
 *
 * @param quiet            before the drift
 * @param noticeAndReplace longest wait from the drift to the new version
 * @param afterwards       with the new version
 * @param lastTraining     longest wait for a training that is still under way then
 * @param lastVersion      after that
 */
record Pace(Duration quiet, Duration noticeAndReplace, Duration afterwards, Duration lastTraining, Duration lastVersion) {

    static final Pace FULL = new Pace(
            Duration.ofSeconds(15), Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(5));
    static final Pace SHORT = new Pace(
            Duration.ofSeconds(8), Duration.ofSeconds(120), Duration.ofSeconds(8), Duration.ZERO, Duration.ofSeconds(1));
}
