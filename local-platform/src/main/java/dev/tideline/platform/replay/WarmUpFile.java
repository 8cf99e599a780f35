package dev.tideline.platform.replay;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;

/** Writes the last requests of a log as the file that TensorFlow Serving and inference-service warm a version up with. */
public final class WarmUpFile {

    /** TensorFlow Serving refuses a longer file ({@code saved_model_warmup_util.cc}). */
    public static final int MOST = 1_000;

    private static final String PLACE = "assets.extra/tf_serving_warmup_requests";

    private final WarmUpOptions options;
    private final Console console;
    private final ServedSignatures signatures;

    public WarmUpFile(WarmUpOptions options, Console console) {
        this.options = options;
        this.console = console;
        this.signatures = new ServedSignatures(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10)).build(), options.service());
    }

    /**
     * @return whether the log had a prediction of the model
     * @throws LaunchException when the log cannot be read, the model is not served or the file cannot be written
     */
    public boolean run() throws InterruptedException {
        var last = new ArrayDeque<LoggedPrediction>();
        LogFiles.forEach(options.log(), options.model(), prediction -> {
            if (last.size() == options.records()) {
                last.removeFirst();
            }
            last.addLast(prediction);
        });
        if (last.isEmpty()) {
            console.line("no prediction of " + options.model() + " in " + options.log());
            return false;
        }
        try {
            write(last);
        } catch (IOException e) {
            throw new LaunchException("warm-up file " + options.out() + ": " + e.getMessage(), e);
        }
        console.line(last.size() + " requests in " + options.out() + "; it belongs to " + PLACE + " in the version's folder");
        return true;
    }

    /** Beside it first: a server may look at the folder. */
    private void write(Iterable<LoggedPrediction> predictions) throws IOException, InterruptedException {
        Path out = options.out().toAbsolutePath();
        Files.createDirectories(out.getParent());
        Path draft = out.resolveSibling("." + out.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try {
            try (var writer = TfRecordWriter.create(draft)) {
                for (LoggedPrediction prediction : predictions) {
                    writer.write(WarmUpRequest.of(prediction, signatures.of(prediction)).toByteArray());
                }
            }
            Files.move(draft, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
