package dev.tideline.tfrecord;

import java.io.IOException;
import java.nio.file.Path;

/** A TFRecord file does not hold what its checksums or lengths promise. */
public final class CorruptRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    CorruptRecordException(Path file, long offset, String what) {
        super(file + " at byte " + offset + ": " + what);
        this.file = file;
        this.offset = offset;
    }

    public Path file() {
        return file;
    }

    /** Byte offset of the first byte of the broken record in the file. */
    public long offset() {
        return offset;
    }
}
