package dev.tideline.inference.servable;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that take processor time from requests only where some is left. On Linux a thread has a nice value of its own; children, also processes, take
 * it over, and it never goes back, so these threads should start none that others work with. Elsewhere they are threads as any other.
 */
final class YieldingThreads implements ThreadFactory {

    private static final Logger log = LoggerFactory.getLogger(YieldingThreads.class);
    /** {@code <pid>/task/<tid>} of whoever reads it. */
    private static final Path SELF = Path.of("/proc/thread-self");
    private static final int MOST = 19;
    /** Of nice in {@code stat}, counted behind the command's closing bracket. */
    private static final int NICE_FIELD = 16;
    private static final int PATIENCE_SECONDS = 5;

    private final ThreadFactory threads;
    private final int steps;

    /** @param steps by which they are nicer than the thread that starts them; 0: not at all */
    YieldingThreads(String prefix, int steps) {
        this.threads = Thread.ofPlatform().name(prefix, 0).factory();
        this.steps = steps;
    }

    @Override
    public Thread newThread(Runnable work) {
        return steps == 0 ? threads.newThread(work) : threads.newThread(() -> {
            yieldOwn();
            work.run();
        });
    }

    private void yieldOwn() {
        if (!Files.isSymbolicLink(SELF)) {
            return;
        }
        try {
            String thread = Files.readSymbolicLink(SELF).getFileName().toString();
            int nice = Math.min(MOST, nice(Files.readString(SELF.resolve("stat"))) + steps);
            Process renice = new ProcessBuilder("renice", Integer.toString(nice), "-p", thread)
                    .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
            if (!renice.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                renice.destroyForcibly();
            }
        } catch (IOException | NumberFormatException e) {
            log.debug("Versions load at the priority of requests: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param stat as in {@code proc_pid_stat(5)}; the command's name may hold blanks and brackets */
    static int nice(String stat) {
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD]);
    }
}
