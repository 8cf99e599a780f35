package dev.tideline.features;

import java.io.IOException;

/** Text that is no CSV with a header. */
public final class MalformedCsvException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;

    MalformedCsvException(long line, String what) {
        super("CSV line " + line + ": " + what);
        this.line = line;
    }

    /** From 1. */
    public long line() {
        return line;
    }
}
