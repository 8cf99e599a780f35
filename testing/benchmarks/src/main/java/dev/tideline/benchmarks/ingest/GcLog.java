package dev.tideline.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM wrote about its garbage collections. */
record GcLog(Path file) {

    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

    /** @param before MB of heap in use before the collection; @param after MB after it */
    record Pause(int before, int after, double millis) {}

    String flag() {
        return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
    }

    List<Pause> pauses() throws IOException {
        return Files.readAllLines(file).stream().map(PAUSE::matcher).filter(Matcher::find)
                .map(m -> new Pause(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Double.parseDouble(m.group(3)))).toList();
    }
}
