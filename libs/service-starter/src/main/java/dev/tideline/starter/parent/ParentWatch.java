package dev.tideline.starter.parent;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an action once another process is gone, also when it was gone from the start. */
final class ParentWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ParentWatch.class);

    private final CompletableFuture<?> watch;

    ParentWatch(long pid, Runnable onExit) {
        watch = ProcessHandle.of(pid)
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(pid))
                .thenRunAsync(() -> {
                    log.warn("Process {} that started this service is gone: stopping", pid);
                    onExit.run();
                });
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}
