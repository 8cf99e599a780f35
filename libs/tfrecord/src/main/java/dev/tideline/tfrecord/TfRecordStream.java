package dev.tideline.tfrecord;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads uncompressed TFRecords from a stream that is not trusted: no record is read before its length is known to be bearable. */
public final class TfRecordStream {

    private final InputStream in;
    private final int maxRecord;
    private final RecordFrames frames;

    /**
     * @param name      what the stream is called in messages
     * @param maxRecord bytes that a record may have
     */
    public TfRecordStream(InputStream in, String name, int maxRecord) {
        this.in = in;
        this.maxRecord = maxRecord;
        this.frames = new RecordFrames(Path.of(name));
    }

    /**
     * The next payload, or null at the end.
     *
     * @throws CorruptRecordException when a checksum or a length is wrong, or the stream ends inside a record
     */
    public byte @Nullable [] next() throws IOException {
        return frames.next(in, maxRecord);
    }
}
