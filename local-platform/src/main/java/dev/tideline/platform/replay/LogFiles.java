package dev.tideline.platform.replay;

import dev.tideline.platform.stack.LaunchException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in the order in which it was written. */
final class LogFiles {

    interface Visitor {
        void visit(LoggedPrediction prediction) throws InterruptedException;
    }

    private LogFiles() {}

    /**
     * @param log   a TFRecord file, or a folder of them
     * @param model only this model's predictions; null: all
     * @throws LaunchException when it cannot be read
     */
    static void forEach(Path log, @Nullable String model, Visitor visitor) throws InterruptedException {
        for (Path file : files(log)) {
            try (var reader = TfRecordReader.open(file)) {
                for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
                    var prediction = LoggedPrediction.of(Example.decode(bytes));
                    if (model == null || model.equals(prediction.model())) {
                        visitor.visit(prediction);
                    }
                }
            } catch (IOException | MalformedExampleException e) {
                throw new LaunchException("log: " + file + ": " + e.getMessage() + " (expected: TFRecords of logged predictions)", e);
            }
        }
    }

    private static List<Path> files(Path log) {
        if (!Files.isDirectory(log)) {
            return List.of(log);
        }
        try (var files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tfrecord")).sorted().toList();
        } catch (IOException e) {
            throw new LaunchException("log: " + log + ": " + e.getMessage() + " (expected: a folder that can be read)", e);
        }
    }
}
