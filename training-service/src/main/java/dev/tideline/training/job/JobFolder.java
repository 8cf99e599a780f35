package dev.tideline.training.job;

import dev.tideline.training.child.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that jobs leave behind. */
final class JobFolder {

    private static final Logger log = LoggerFactory.getLogger(JobFolder.class);

    private JobFolder() {}

    /** Removes a folder with all that is in it, if it is there; what cannot be removed is logged and left for another time. */
    static void remove(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException | UncheckedIOException left) {
            log.warn("{} could not be removed: {}", folder, left.getMessage());
        }
    }
}
