package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.local.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The launcher as a child process, as the {@code tideline} script starts it. */
final class Launcher implements AutoCloseable {

    private static final int SPAN = 94;
    private static final Duration START = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;
    private final Path data;
    private final int portBase;

    private Launcher(Process process, Path output, Path data, int portBase) {
        this.process = process;
        this.output = output;
        this.data = data;
        this.portBase = portBase;
    }

    /** Runs in a folder under target, which stays there for whoever wants to know why a test failed. */
    static Launcher start(String name, String... arguments) throws IOException {
        return start(name, Map.of(), arguments);
    }

    /** @param environment of the launcher, which its services inherit */
    static Launcher start(String name, Map<String, String> environment, String... arguments) throws IOException {
        var folder = emptied(Path.of("target", "end-to-end", name).toAbsolutePath());
        var data = folder.resolve("data");
        var output = folder.resolve("launcher.out");
        var portBase = freeBase();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC",
                "-Dtideline.home=" + Path.of("..", "..").toAbsolutePath().normalize(),
                "-cp", System.getProperty("java.class.path"), "dev.tideline.platform.Tideline"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString(), "--port-base", Integer.toString(portBase)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        return new Launcher(process, output, data, portBase);
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        return Files.createDirectories(folder);
    }

    // All ports of the platform lie at fixed distances from the first.
    private static int freeBase() {
        return IntStream.range(0, 100).map(i -> 20_000 + 100 * i)
                .filter(base -> IntStream.range(base, base + SPAN).allMatch(FreePorts::isFree))
                .findFirst().orElseThrow();
    }

    int exitValue(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + ":\n" + output());
        }
        return process.exitValue();
    }

    void awaitUp() {
        await().atMost(START).pollInterval(Duration.ofMillis(200)).until(() -> output().contains("Tideline is up") || !isAlive());
        assertThat(output()).contains("Tideline is up");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path data() {
        return data;
    }

    int port(int offset) {
        return portBase + offset;
    }

    /** The process of a service. */
    ProcessHandle service(String name) throws IOException {
        return ProcessHandle.of(pid(data.resolve("run").resolve(name + ".pid"))).orElseThrow();
    }

    /** Services that still run. */
    List<ProcessHandle> services() throws IOException {
        try (var files = Files.list(data.resolve("run"))) {
            return files.map(Launcher::pid).flatMap(pid -> ProcessHandle.of(pid).stream()).filter(ProcessHandle::isAlive).toList();
        }
    }

    private static long pid(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Ports of the platform that somebody listens on. */
    List<Integer> takenPorts() {
        return IntStream.range(portBase, portBase + SPAN).filter(port -> !FreePorts.isFree(port)).boxed().toList();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
