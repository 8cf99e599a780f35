package dev.tideline.training.job;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a job's child processes wrote to standard error. They append; this end keeps the file small. */
final class ChildLog {

    private static final String NAME = "child.log";
    private static final byte[] CUT = "… older lines were cut off\n".getBytes(StandardCharsets.UTF_8);

    private final Path file;

    /** @param folder of the job */
    ChildLog(Path folder) {
        file = folder.resolve(NAME);
    }

    Path file() {
        return file;
    }

    /** The last {@code bytes} of it, from the start of a line on; empty when there is none. */
    String tail(long bytes) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - bytes);
            in.seek(from);
            var buffer = new byte[Math.toIntExact(Math.min(bytes, in.length() - from))];
            in.readFully(buffer);
            var text = new String(buffer, StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }

    /**
     * Cuts the older half off when the file is larger than {@code most} bytes. A writer in append mode goes on behind the cut; a line
     * that it writes at this very moment may be lost.
     */
    void trim(long most) throws IOException {
        if (!Files.exists(file) || Files.size(file) <= most) {
            return;
        }
        var kept = tail(most / 2).getBytes(StandardCharsets.UTF_8);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
            out.write(CUT);
            out.write(kept);
        }
    }
}
