package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of one {@code tf.train.Example}. */
final class ExampleSource implements RecordSource {

    private final InputStream in;
    private final int maxRecord;
    private boolean read;

    ExampleSource(InputStream in, int maxRecord) {
        this.in = in;
        this.maxRecord = maxRecord;
    }

    @Override
    public @Nullable Item next() throws IOException {
        if (read) {
            return null;
        }
        read = true;
        byte[] bytes = in.readNBytes(maxRecord + 1);
        if (bytes.length <= maxRecord) {
            return new Encoded(1, bytes);
        }
        return new Broken(1, new Problem("RECORD_TOO_LARGE", "", "more than " + maxRecord + " bytes", "at most " + maxRecord + " bytes"));
    }
}
