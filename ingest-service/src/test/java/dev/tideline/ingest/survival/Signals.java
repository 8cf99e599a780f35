package dev.tideline.ingest.survival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an operating system does to processes. */
final class Signals {

    private Signals() {}

    /** SIGKILL; returns when the process is gone. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        awaitEnd(process, 20);
    }

    /** SIGTERM; returns when the process has ended. */
    static void terminate(ProcessHandle process) {
        process.destroy();
        awaitEnd(process, 60);
    }

    /** SIGSTOP: the process is there and does nothing, as on a machine that hangs. */
    static void freeze(ProcessHandle process) {
        send("STOP", process);
    }

    /** SIGCONT. */
    static void thaw(ProcessHandle process) {
        send("CONT", process);
    }

    private static void send(String signal, ProcessHandle process) {
        run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Runs a command to its end. */
    static void run(String... command) {
        try {
            int status = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void awaitEnd(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("process " + process.pid() + " did not end within " + seconds + " s", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
