package dev.tideline.inference.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** Makes folders that look like exports of a given time. */
final class Exports {

    private Exports() {}

    static Path file(Path folder, String name, Instant time) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
            age(folder, time);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path whole(Path folder, Instant time) {
        file(folder, "variables/variables.index", time);
        file(folder, "variables/variables.data-00000-of-00001", time);
        return file(folder, "saved_model.pb", time).getParent();
    }

    static void age(Path folder, Instant time) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(time));
            }
        }
    }
}
