package dev.tideline.ingest.version;

import dev.tideline.storage.Storage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;

/** Consecutive bytes of a file of the storage; of a bucket, no others are fetched. */
final class FilePart extends AbstractResource {

    private final Storage storage;
    private final String key;
    private final long first;
    private final long bytes;

    FilePart(Storage storage, String key, long first, long bytes) {
        this.storage = storage;
        this.key = key;
        this.first = first;
        this.bytes = bytes;
    }

    @Override
    public long contentLength() {
        return bytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Part(storage.open(key, first), bytes);
    }

    @Override
    public String getDescription() {
        return "bytes " + first + " to " + (first + bytes - 1) + " of " + key;
    }

    private static final class Part extends FilterInputStream {

        private long left;

        Part(InputStream file, long left) {
            super(file);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(target, offset, (int) Math.min(left, length));
            if (read < 0) {
                throw new IOException("the file ends " + left + " bytes too early");
            }
            left -= read;
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.clamp(count, 0, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
