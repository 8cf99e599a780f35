package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts TensorFlow beside the rest of the service, in a thread of normal priority: its pools belong to all versions and inherit what the thread has that
 * makes the first session. Threads that load give way to requests; what runs requests must not.
 */
final class EngineStart {

    private static final Logger log = LoggerFactory.getLogger(EngineStart.class);

    private final Duration patience;
    private final Thread thread;

    EngineStart(SavedModelOpener opener, Duration patience) {
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name("tensorflow-start").start(() -> start(opener));
    }

    private static void start(SavedModelOpener opener) {
        try {
            opener.start();
        } catch (StatusException | LinkageError e) {
            // The first version to be loaded meets the same, and its status tells the reason.
            log.error("TensorFlow does not start", e);
        }
    }

    /** @throws LoadFailedException when it takes too long, which may be otherwise next time */
    void await() throws LoadFailedException {
        try {
            if (!thread.join(patience)) {
                throw LoadFailedException.transientFailure(
                        StatusCode.UNAVAILABLE, "TensorFlow: still starting (expected: ready within " + patience + ")", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoadFailedException.transientFailure(StatusCode.CANCELLED, "TensorFlow: its start was not waited for", e);
        }
    }
}
