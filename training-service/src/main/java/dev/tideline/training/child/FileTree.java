package dev.tideline.training.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Files and folders that a job leaves behind. */
public final class FileTree {

    private FileTree() {}

    /** Removes a file, or a folder with all that is in it, if it is there. Somebody else may remove it at the same time. */
    public static void remove(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var files = Files.walk(root)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
