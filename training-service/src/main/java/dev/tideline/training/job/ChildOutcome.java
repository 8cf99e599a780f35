package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;

/** How a child process ended. */
sealed interface ChildOutcome {

    record Finished(ChildMessage.Finished result) implements ChildOutcome {}

    record Failed(ChildMessage.Failed failure) implements ChildOutcome {}

    /** It ended without a word: killed, out of memory, or aborted by native code. */
    record Crashed(int status, String lastWords) implements ChildOutcome {}
}
