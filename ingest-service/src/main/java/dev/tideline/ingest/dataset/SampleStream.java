package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A sample as far as it is read: fails with {@code PAYLOAD_TOO_LARGE} behind a limit, also within one endless line. */
final class SampleStream extends FilterInputStream {

    private final long most;
    private long read;

    SampleStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        read += Math.max(0, got);
        if (read > most) {
            throw new TidelineException(CommonError.PAYLOAD_TOO_LARGE,
                    "sample: more than " + most + " bytes (expected: at most so many in the rows that are looked at)");
        }
        return got;
    }
}
