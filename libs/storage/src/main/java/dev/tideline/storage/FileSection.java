package dev.tideline.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run of bytes of a file. */
final class FileSection extends InputStream {

    private static final int BUFFER = 64 << 10;

    private final FileChannel channel;
    private long remaining;

    private FileSection(FileChannel channel, long remaining) {
        this.channel = channel;
        this.remaining = remaining;
    }

    /** @throws UncheckedIOException when the file cannot be read */
    static InputStream open(Path file, long from, long length) {
        try {
            return new BufferedInputStream(new FileSection(FileChannel.open(file, StandardOpenOption.READ).position(from), length), BUFFER);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, remaining)));
        remaining -= Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
