package dev.tideline.ingest.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read through it; whoever extends it may end the stream because of them. */
public class CountedStream extends FilterInputStream {

    private long count;

    public CountedStream(InputStream in) {
        super(in);
    }

    /** Bytes so far. */
    public final long count() {
        return count;
    }

    /** Called after each read, before the reader gets the bytes. */
    protected void counted(long count) throws IOException {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        if (got > 0) {
            count += got;
            counted(count);
        }
        return got;
    }

    @Override
    public final long skip(long bytes) throws IOException {
        long passed = in.skip(bytes);
        count += passed;
        counted(count);
        return passed;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
