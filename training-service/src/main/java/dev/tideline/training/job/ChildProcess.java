package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.child.ChildOrder;
import dev.tideline.training.child.TrainingChild;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One child JVM from start to end. It lives on this service's class path, takes its order from a file, and sees the end of its
 * standard input when this service dies, however it dies.
 */
final class ChildProcess {

    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
    private static final int LAST_WORDS = 2_000;
    /** Exit status of -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path folder;
    private final JobProperties properties;

    /** @param folder of the job; keeps order and log */
    ChildProcess(Path folder, JobProperties properties) {
        this.folder = folder;
        this.properties = properties;
    }

    ChildOutcome run(ChildOrder order, RunControl control, Consumer<ChildMessage> listener) throws IOException {
        Files.createDirectories(folder);
        var orderFile = folder.resolve("order.json");
        Files.write(orderFile, json.writeValueAsBytes(order));
        var output = new ChildLog(folder);
        var builder = new ProcessBuilder(command(orderFile))
            .redirectError(ProcessBuilder.Redirect.appendTo(output.file().toFile()));
        builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
        var process = builder.start();
        control.childStarted(process);
        ResidentMemory.offerFirst(process.pid());
        // For people who look for the process of a job; its command line is too long for most tools.
        Files.writeString(folder.resolve("child.pid"), Long.toString(process.pid()));
        ChildMessage last = null;
        try (var watch = new ChildWatch(process, properties, output, System::nanoTime);
                var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = next(lines, process); line != null; line = next(lines, process)) {
                var message = read(line);
                if (message != null) {
                    watch.heard(message);
                    if (!(message instanceof ChildMessage.Pulse)) {
                        last = message;
                        listener.accept(message);
                    }
                }
            }
            int status = process.waitFor();
            var verdict = watch.verdict();
            return verdict != null ? verdict : outcome(last, status, output);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new ChildOutcome.Crashed(-1, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The next line; null at the end, which also comes when the process is killed: Java then closes its output under the reader. */
    private static @Nullable String next(BufferedReader lines, Process process) {
        try {
            return lines.readLine();
        } catch (IOException closed) {
            process.destroyForcibly();
            return null;
        }
    }

    private ChildOutcome outcome(@Nullable ChildMessage last, int status, ChildLog output) throws IOException {
        return switch (last) {
            case ChildMessage.Finished finished when status == 0 -> new ChildOutcome.Finished(finished);
            case ChildMessage.Failed failed -> new ChildOutcome.Failed(failed);
            case null, default -> status == OUT_OF_MEMORY
                ? new ChildOutcome.OutOfMemory("heap of the training process: exhausted (expected: at most "
                    + properties.heap().toMegabytes() + " MB, tideline.training.job.heap)")
                : new ChildOutcome.Crashed(status, output.tail(LAST_WORDS).strip());
        };
    }

    private List<String> command(Path orderFile) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Xmx" + properties.heap().toMegabytes() + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Start-up counts, and little of a child's time is spent in Java.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(TrainingChild.class.getName());
        command.add(orderFile.toString());
        return command;
    }

    private static String absolute(String classPath) {
        var entries = new ArrayList<String>();
        for (var entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private @Nullable ChildMessage read(String line) {
        try {
            return json.readValue(line, ChildMessage.class);
        } catch (JacksonException noMessage) {
            log.warn("Child of {} wrote what is no message: {}", folder.getFileName(), line);
            return null;
        }
    }
}
