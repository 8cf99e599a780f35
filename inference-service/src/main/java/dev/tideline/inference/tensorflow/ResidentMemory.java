package dev.tideline.inference.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Physical memory of a process, as Linux counts it. */
final class ResidentMemory {

    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; 0 when the process has ended or the system does not tell. */
    static long of(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith(LINE)) {
                    return Long.parseLong(line.substring(LINE.length()).replace("kB", "").strip()) * 1024;
                }
            }
        } catch (IOException e) {
            // Ended between two looks.
        }
        return 0;
    }
}
