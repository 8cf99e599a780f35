package dev.tideline.platform.stack;

import dev.tideline.platform.console.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One service as a child process: started, and started again when it dies without being asked to. */
final class ServiceProcess {

    private static final int LAST_LINES = 12;

    private final ServiceSpec spec;
    private final Console console;
    private final Timing timing;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Process process;

    /**
     * @param ready     how long a start may take
     * @param stop      how long a graceful stop may take
     * @param firstWait before the first restart; doubled with each one that follows soon, up to {@code longestWait}
     */
    record Timing(Duration ready, Duration stop, Duration firstWait, Duration longestWait) {
        static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(300), Duration.ofSeconds(35), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    ServiceProcess(ServiceSpec spec, Console console, Timing timing) {
        this.spec = spec;
        this.console = console;
        this.timing = timing;
    }

    String name() {
        return spec.name();
    }

    Process launch() {
        // Ctrl-C reaches every process of the terminal; the launcher alone decides the order of stopping.
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command).directory(spec.folder().toFile())
                .redirectErrorStream(true).redirectOutput(Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        try {
            var started = builder.start();
            process = started;
            Files.writeString(spec.pidFile(), started.pid() + "\n");
            return started;
        } catch (IOException e) {
            throw new LaunchException(spec.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /** @throws LaunchException with the last lines of its log when it dies or is not ready in time */
    void awaitReady() throws InterruptedException {
        var started = process;
        if (started == null) {
            throw new IllegalStateException(spec.name() + " is not started");
        }
        switch (Readiness.await(spec.readiness(), started, timing.ready())) {
            case READY -> { }
            case DIED -> throw new LaunchException(
                    spec.name() + " ended with exit code " + started.exitValue() + " before it was ready" + lastLines());
            case TIMEOUT -> throw new LaunchException(
                    spec.name() + " was not ready after " + timing.ready().toSeconds() + " s" + lastLines());
        }
    }

    /** Watches over the process until {@link #stop()}. */
    void supervise() {
        Thread.ofVirtual().name("supervise-" + spec.name()).start(() -> {
            try {
                restartWhileItDies();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void restartWhileItDies() throws InterruptedException {
        var wait = timing.firstWait();
        for (var current = process; current != null; current = process) {
            var since = System.nanoTime();
            current.waitFor();
            if (stopping.getCount() == 0) {
                return;
            }
            if (System.nanoTime() - since > timing.longestWait().toNanos()) {
                wait = timing.firstWait();
            }
            console.line(spec.name() + " ended with exit code " + current.exitValue() + ", starts again in "
                    + wait.toMillis() / 1000.0 + " s" + lastLines());
            if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(timing.longestWait()) > 0 ? timing.longestWait() : wait.multipliedBy(2);
            startAgain();
        }
    }

    private void startAgain() throws InterruptedException {
        var started = launch();
        if (Readiness.await(spec.readiness(), started, timing.ready()) == Readiness.Outcome.READY) {
            console.line(spec.name() + " is ready again");
        }
    }

    /** Asks the process to stop, and ends it and its children when it does not. */
    void stop() throws InterruptedException {
        stopping.countDown();
        var current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        var children = current.descendants().toList();
        current.destroy();
        if (!current.waitFor(timing.stop().toMillis(), TimeUnit.MILLISECONDS)) {
            console.line(spec.name() + " did not stop within " + timing.stop().toSeconds() + " s and was killed");
            current.destroyForcibly().waitFor();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    void kill() {
        stopping.countDown();
        var current = process;
        if (current != null) {
            current.descendants().forEach(ProcessHandle::destroyForcibly);
            current.destroyForcibly();
        }
    }

    private String lastLines() {
        return LogTail.last(spec.log(), LAST_LINES);
    }
}
