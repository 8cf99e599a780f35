package dev.tideline.training.child;

import dev.tideline.training.tensorflow.NativeLibrary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Main class of a child process: {@code TrainingChild <order.json>}. Ends at once when its standard input is closed. */
public final class TrainingChild {

    /** Exit status after a failure that was reported as {@link ChildMessage.Failed}. */
    public static final int REPORTED = 1;
    /** Exit status when the parent went away. */
    public static final int ORPHANED = 4;

    private TrainingChild() {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // Standard output carries messages only; whatever else wants to print goes to the job's log.
        System.setOut(System.err);
        NativeLibrary.preload();
        watchParent();
        var reporter = new Reporter(out);
        var pulse = new Pulse();
        pulse.start(reporter);
        int status = 0;
        try {
            var order = JsonMapper.builder().build().readValue(Files.readAllBytes(Path.of(arguments[0])), ChildOrder.class);
            var result = new ChildWork(order, reporter, pulse).run();
            reporter.report(result);
            if (result instanceof ChildMessage.Trained) {
                // Ends with its standard input, or by force.
                Thread.currentThread().join();
            }
        } catch (InterruptedException end) {
            status = REPORTED;
        } catch (RuntimeException | IOException failure) {
            failure.printStackTrace(System.err);
            reporter.report(Diagnosis.of(failure));
            status = REPORTED;
        }
        // Native threads and exit handlers have nothing left to do; a hanging one must not keep the job open.
        Runtime.getRuntime().halt(status);
    }

    private static void watchParent() {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The parent never writes; the end of the stream is its end.
                }
            } catch (IOException gone) {
                // Same as the end of the stream.
            }
            Runtime.getRuntime().halt(ORPHANED);
        });
    }
}
