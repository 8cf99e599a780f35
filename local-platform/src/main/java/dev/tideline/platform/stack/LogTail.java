package dev.tideline.platform.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The end of a log, for a message about the process that wrote it. */
final class LogTail {

    private static final int BYTES = 16 * 1024;
    private static final int WIDTH = 300;

    private LogTail() {}

    /** The last lines, indented, after a line that names the file. */
    static String last(Path log, int lines) {
        var all = read(log).lines().filter(line -> !line.isBlank()).toList();
        var shown = all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
                .map(line -> "\n    " + line)
                .collect(Collectors.joining());
        return "; see " + log + (shown.isEmpty() ? "" : ", which ends:" + shown);
    }

    private static String read(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            var bytes = new byte[BYTES];
            var read = Math.max(0, file.read(bytes));
            return new String(Arrays.copyOf(bytes, read), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
