package dev.tideline.training.child;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Writes messages to the parent, one JSON object a line. */
final class Reporter {

    private final JsonMapper json = JsonMapper.builder().build();
    private final PrintStream out;

    Reporter(PrintStream out) {
        this.out = out;
    }

    /** Says nothing to anybody. */
    static Reporter silent() {
        return new Reporter(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    void report(ChildMessage message) {
        // One write per line, so that a killed child leaves at most one broken line.
        out.writeBytes((json.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
