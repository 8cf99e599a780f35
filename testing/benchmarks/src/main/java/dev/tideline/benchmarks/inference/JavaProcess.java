package dev.tideline.benchmarks.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with the flags of the launcher. */
final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static JavaProcess start(Processors processors, String classPath, List<String> flags, Class<?> main, Path log, Map<String, String> settings, String... args)
            throws IOException {
        return start(processors, classPath, flags, main.getName(), log, settings, args);
    }

    static JavaProcess start(Processors processors, String classPath, List<String> flags, String main, Path log, Map<String, String> settings, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:MetaspaceSize=128m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(processors.servers(command)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TIDELINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
        return new JavaProcess(builder.start(), log);
    }

    void mustRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException("a process ended with " + process.exitValue() + ", see " + log);
        }
    }

    /** Processor time that it has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Its output, once it has ended well. */
    String output() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a process ended with " + process.exitValue() + ", see " + log);
        }
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
