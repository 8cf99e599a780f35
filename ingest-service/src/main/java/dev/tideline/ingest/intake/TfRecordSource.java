package dev.tideline.ingest.intake;

import dev.tideline.starter.error.TidelineException;
import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The Examples of a TFRecord file. */
final class TfRecordSource implements RecordSource {

    private final TfRecordStream stream;
    private long line;

    TfRecordSource(InputStream in, int maxRecord) {
        this.stream = new TfRecordStream(in, "body", maxRecord);
    }

    @Override
    public @Nullable Item next() throws IOException {
        try {
            byte[] record = stream.next();
            return record == null ? null : new Encoded(++line, record);
        } catch (CorruptRecordException corrupt) {
            throw new TidelineException(IntakeError.MALFORMED_TFRECORD,
                    corrupt.getMessage() + " (expected: a TFRecord file; the " + line + " records before were"
                    + " read, and taken unless the request had an Idempotency-Key)", corrupt);
        }
    }
}
