package dev.tideline.training.job;

import dev.tideline.training.registry.TrainedVersion;

/** What becomes of a job after a run. */
sealed interface Ending {

    /** Published and judged. */
    record Published(TrainedVersion version) implements Ending {}

    /** There is nothing to train on. */
    record Declined(String message) implements Ending {}

    /** Trying again would not help. */
    record Failed(String message) implements Ending {}

    /** Something that may pass: once more, unless it was tried often enough. */
    record Interrupted(String message) implements Ending {}

    /** It could not begin, through no fault of its own: back to the queue for a while. */
    record Postponed(String message) implements Ending {}

    /** Stopped from outside. */
    record Stopped(Stop reason) implements Ending {}
}
