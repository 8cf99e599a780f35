package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;

/** How a child process ended. */
sealed interface ChildOutcome {

    record Finished(ChildMessage.Finished result) implements ChildOutcome {}

    record Failed(ChildMessage.Failed failure) implements ChildOutcome {}

    /** It was ended from here, because it was frozen or did not get on. */
    record Stuck(String message) implements ChildOutcome {}

    /** It needed more memory than it may have, and would again. */
    record OutOfMemory(String message) implements ChildOutcome {}

    /** It was not even begun, because other workers were missing. */
    record Postponed(String message) implements ChildOutcome {}

    /** It ended without a word: killed, or aborted by native code. */
    record Crashed(int status, String lastWords) implements ChildOutcome {}
}
