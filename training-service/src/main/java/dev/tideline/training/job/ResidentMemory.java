package dev.tideline.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How much memory a process holds, native memory included. Linux only; elsewhere nobody knows. */
final class ResidentMemory {

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** Bytes; empty when the process is gone or the system does not tell. */
    static OptionalLong of(long pid) {
        try {
            var matcher = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * KIB) : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    /** Makes the kernel choose this process before any other when memory runs out: a child can be repeated, a service not. */
    static void offerFirst(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "oom_score_adj"), "1000");
        } catch (IOException notLinux) {
            // Then the kernel chooses as it likes.
        }
    }
}
