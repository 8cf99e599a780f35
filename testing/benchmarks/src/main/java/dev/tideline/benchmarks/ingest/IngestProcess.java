package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.command.ServiceClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** ingest-service in a process of its own, as the launcher starts it, with a log of its garbage collections. */
final class IngestProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final GcLog gc;

    private IngestProcess(Process process, Path log, GcLog gc) {
        this.process = process;
        this.log = log;
        this.gc = gc;
    }

    static IngestProcess start(Options options, Path folder, Map<String, String> settings) throws IOException {
        String classPath = ServiceClassPath.of(options.home(), "ingest-service");
        GcLog gc = new GcLog(folder.resolve("gc.log"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(), "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", gc.flag()));
        command.addAll(options.jvm());
        command.addAll(List.of("-cp", classPath,
                "dev.tideline.ingest.IngestService"));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        Path log = folder.resolve("ingest-service.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TIDELINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        return new IngestProcess(builder.start(), log, gc);
    }

    void mustRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ingest-service ended with " + process.exitValue() + ", see " + log);
        }
    }

    GcLog gc() {
        return gc;
    }

    /** Most memory that the process had so far, in bytes: heap, code, threads and buffers; -1 where the system does not tell. */
    long peakResident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong)
                    .findFirst().orElse(0) * 1024;
        }
    }

    /** Processor time that the process has used, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
