package dev.tideline.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in blocks: single bytes are blocks of one. It may have to have a certain length. */
abstract class BlockStream extends InputStream {

    /** As a length: whatever there is. */
    static final long TO_THE_END = -1;

    private final String name;
    private long missing;

    /** @param bytes that the stream has, or {@link #TO_THE_END} */
    BlockStream(String name, long bytes) {
        this.name = name;
        this.missing = bytes;
    }

    /** Reads up to {@code length} bytes, at least one; -1 at the end of the file. */
    abstract int block(byte[] target, int offset, int length) throws IOException;

    /** Passes over up to that many bytes, and returns how many it were. */
    abstract long pass(long bytes) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (missing == 0) {
            return -1;
        }
        int read = block(target, offset, missing < 0 ? length : (int) Math.min(length, missing));
        if (missing > 0) {
            if (read < 0) {
                throw new EOFException(name + ": ends " + missing + " bytes too early (expected: a file as long as when it was published)");
            }
            missing -= read;
        }
        return read;
    }

    @Override
    public final long skip(long bytes) throws IOException {
        if (bytes <= 0 || missing == 0) {
            return 0;
        }
        long passed = pass(missing < 0 ? bytes : Math.min(bytes, missing));
        missing -= missing < 0 ? 0 : passed;
        return passed;
    }
}
