package dev.tideline.ingest.version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.io.AbstractResource;

/** Consecutive bytes of a file, read through its file system, which may be a remote one. */
final class FilePart extends AbstractResource {

    private final Path file;
    private final long first;
    private final long bytes;

    FilePart(Path file, long first, long bytes) {
        this.file = file;
        this.first = first;
        this.bytes = bytes;
    }

    @Override
    public long contentLength() {
        return bytes;
    }

    @Override
    public boolean exists() {
        return Files.isReadable(file);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(first);
        return new Part(channel, bytes);
    }

    @Override
    public String getDescription() {
        return "bytes " + first + " to " + (first + bytes - 1) + " of " + file;
    }

    private static final class Part extends InputStream {

        private final SeekableByteChannel channel;
        private long left;

        Part(SeekableByteChannel channel, long left) {
            this.channel = channel;
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
            int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(left, length)));
            if (read < 0) {
                throw new IOException("the file ends " + left + " bytes too early");
            }
            left -= read;
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = Math.clamp(count, 0, left);
            channel.position(channel.position() + skipped);
            left -= skipped;
            return skipped;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
