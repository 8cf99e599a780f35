package dev.tideline.ingest.dataset;

import dev.tideline.ingest.stream.CountedStream;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.InputStream;

/** A sample as far as it is read: fails with {@code PAYLOAD_TOO_LARGE} behind a limit, also within one endless line. */
final class SampleStream extends CountedStream {

    private final long most;

    SampleStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    protected void counted(long count) {
        if (count > most) {
            throw new TidelineException(CommonError.PAYLOAD_TOO_LARGE,
                    "sample: more than " + most + " bytes (expected: at most so many in the rows that are looked at)");
        }
    }
}
