package dev.tideline.ingest.version;

import dev.tideline.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.core.io.AbstractResource;
import org.springframework.http.HttpRange;

/** Consecutive bytes of a file of the storage; of a bucket, no others are fetched. */
final class FilePart extends AbstractResource {

    private final Storage storage;
    private final String key;
    private final long first;
    private final long bytes;
    private final long read;

    FilePart(Storage storage, String key, long first, long bytes) {
        this(storage, key, first, bytes, bytes);
    }

    private FilePart(Storage storage, String key, long first, long bytes, long read) {
        this.storage = storage;
        this.key = key;
        this.first = first;
        this.bytes = bytes;
        this.read = read;
    }

    /** The same for whoever reads no other bytes than these ranges: what lies behind them is not fetched. */
    FilePart upTo(List<HttpRange> ranges) {
        long last = ranges.stream().mapToLong(range -> range.getRangeEnd(bytes)).max().orElse(bytes - 1);
        return new FilePart(storage, key, first, bytes, Math.min(bytes, last + 1));
    }

    @Override
    public long contentLength() {
        return bytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return storage.open(key, first, read);
    }

    @Override
    public String getDescription() {
        return "bytes " + first + " to " + (first + bytes - 1) + " of " + key;
    }
}
