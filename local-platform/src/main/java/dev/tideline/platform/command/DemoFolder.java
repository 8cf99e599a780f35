package dev.tideline.platform.command;

import dev.tideline.platform.stack.LaunchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder that demos use when none is named. Nobody keeps anything there. */
final class DemoFolder {

    private DemoFolder() {}

    static void empty(Path folder) {
        if (!Files.exists(folder.resolve("tideline.lock")) || isInUse(folder)) {
            // Not made by a demo, or another one runs on it: the start that follows says so.
            return;
        }
        dev.tideline.local.LocalPostgres.stopLeftover(folder.resolve("postgres"));
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            throw new LaunchException("data folder: " + folder + ": " + e.getMessage() + " (expected: a folder that can be emptied)", e);
        }
    }

    private static boolean isInUse(Path folder) {
        try (var channel = java.nio.channels.FileChannel.open(
                        folder.resolve("tideline.lock"), java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
