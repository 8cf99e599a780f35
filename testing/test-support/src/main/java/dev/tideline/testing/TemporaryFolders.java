package dev.tideline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/** Folders that go away with the JVM, after what uses them has stopped. */
public final class TemporaryFolders {

    private static final Deque<Path> FOLDERS = new ArrayDeque<>();
    private static final Deque<Runnable> BEFORE = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolders::removeAll, "temporary-folders"));
    }

    private TemporaryFolders() {}

    /** A new folder whose name begins with {@code prefix}. */
    public static Path create(String prefix) {
        try {
            var folder = Files.createTempDirectory(prefix);
            synchronized (FOLDERS) {
                FOLDERS.push(folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void beforeRemoval(Runnable stop) {
        synchronized (FOLDERS) {
            BEFORE.push(stop);
        }
    }

    private static void removeAll() {
        BEFORE.forEach(Runnable::run);
        FOLDERS.forEach(TemporaryFolders::remove);
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A leftover in the temporary folder is no reason to fail a test run.
            System.err.println("not removed: " + folder + " (" + e.getMessage() + ")");
        }
    }
}
