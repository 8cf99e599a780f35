package dev.tideline.training.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that jobs leave behind. */
final class JobFolder {

    private static final Logger log = LoggerFactory.getLogger(JobFolder.class);

    private JobFolder() {}

    /** Removes a folder with all that is in it, if it is there; what cannot be removed is logged and left for another time. */
    static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException left) {
            log.warn("{} could not be removed: {}", folder, left.getMessage());
        }
    }
}
