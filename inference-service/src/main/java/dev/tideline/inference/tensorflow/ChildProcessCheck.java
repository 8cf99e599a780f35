package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.status.StatusCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Runs {@link LoadCheck} in a JVM of its own, with this one's class path. */
final class ChildProcessCheck {

    private static final Logger log = LoggerFactory.getLogger(ChildProcessCheck.class);
    private static final int SIGNAL_BASE = 128;
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow");

    private static final long MEGABYTE = 1 << 20;
    /** Parsed, a graph takes a multiple of its file. */
    private static final int HEAP_PER_GRAPH = 8;
    private static final long LEAST_HEAP = 128;
    private static final int LOOK_MILLIS = 20;

    private final Duration timeout;
    private final DataSize memory;

    /** @param memory resident memory that the child may take, its JVM included */
    ChildProcessCheck(Duration timeout, DataSize memory) {
        this.timeout = timeout;
        this.memory = memory;
    }

    /** @throws LoadFailedException with the child's reason, or because it crashed, took too long or too much memory */
    void check(CheckRequest request) throws LoadFailedException {
        Path output = null;
        Process child = null;
        try {
            output = Files.createTempFile("tideline-load-check", ".out");
            child = start(request, output);
            await(child);
            judge(child.exitValue(), output);
        } catch (IOException e) {
            throw LoadFailedException.transientFailure(StatusCode.UNAVAILABLE, "load check: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoadFailedException.transientFailure(StatusCode.CANCELLED, "load check: interrupted", e);
        } finally {
            if (child != null) {
                child.destroyForcibly();
            }
            delete(output);
        }
    }

    private void await(Process child) throws LoadFailedException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - end >= 0) {
                throw LoadFailedException.transientFailure(
                        StatusCode.DEADLINE_EXCEEDED, "load check: still running (expected: done within " + timeout + ")", null);
            }
            long resident = ResidentMemory.of(child.pid());
            if (resident > memory.toBytes()) {
                throw LoadFailedException.broken(StatusCode.RESOURCE_EXHAUSTED, "load check: " + resident / MEGABYTE
                        + " MB of memory (expected: at most " + memory.toMegabytes() + ", tideline.inference.tensorflow.check-memory)");
            }
        }
    }

    private static Process start(CheckRequest request, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        long graph = Files.size(request.folder().resolve(SavedModelFile.NAME)) / MEGABYTE;
        command.add("-Xmx" + (LEAST_HEAP + HEAP_PER_GRAPH * graph) + "m");
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadCheck.class.getName()));
        command.addAll(request.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
        Process child = builder.start();
        child.getOutputStream().close();
        return child;
    }

    private static void judge(int exit, Path output) throws IOException, LoadFailedException {
        if (exit == 0) {
            return;
        }
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        int at = text.lastIndexOf(LoadCheck.REFUSED);
        if (at >= 0) {
            String[] parts = text.substring(at + LoadCheck.REFUSED.length()).lines().findFirst().orElse("").split(" ", 2);
            throw TensorFlowLoader.refused(StatusCode.valueOf(parts[0]), parts[1]);
        }
        String how = exit > SIGNAL_BASE ? "killed by signal " + (exit - SIGNAL_BASE) : "exit code " + exit;
        throw LoadFailedException.broken(StatusCode.INTERNAL, "load check: the child process ended with " + how
                + " (expected: 0); its last line: " + text.strip().lines().reduce((a, b) -> b).orElse("none"));
    }

    private static void delete(@Nullable Path output) {
        try {
            if (output != null) {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            log.debug("{} stays behind", output, e);
        }
    }
}
