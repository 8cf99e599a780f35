package dev.tideline.tfrecord;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new file past the system's cache, where the file system lets it: full buffers go to the device as they are, one at a time while the next
 * is filled, and the rest of a file goes through the cache. What the system refuses is written through the cache instead, so that only a
 * failure of that is a failure.
 */
final class DirectFile extends OutputStream {

    private static final long DEVICE_TIMEOUT_S = 120;

    private final Path file;
    /** Through the cache; owned by the caller. */
    private final FileChannel cached;
    private final DirectIo io;
    private @Nullable ByteBuffer buffer;
    private @Nullable FileChannel direct;
    /** What is under way to the device, from where in the file, and how it ends. */
    private @Nullable ByteBuffer sent;
    private long sentTo;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private boolean refused;
    /** Bytes of the file before those in the buffer. */
    private long position;

    /** @param cached the file, new and open for writing; stays open when this is closed */
    DirectFile(Path file, FileChannel cached, DirectIo io) {
        this.file = file;
        this.cached = cached;
        this.io = io;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (buffer == null && !refused) {
            buffer = io.take();
            refused = buffer == null;
        }
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (buffer == null) {
                position = writeCached(ByteBuffer.wrap(bytes, at, end - at), position);
                return;
            }
            int part = Math.min(end - at, buffer.remaining());
            buffer.put(bytes, at, part);
            at += part;
            if (!buffer.hasRemaining()) {
                send(buffer.flip());
            }
        }
    }

    /** Hands everything to the system. What is no full buffer yet stays in it, too, and goes to the device once it is one. */
    @Override
    public void flush() throws IOException {
        settle();
        if (buffer != null) {
            writeCached(buffer.duplicate().flip(), position);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            refused = true;
            release();
            if (direct != null) {
                direct.close();
            }
        }
    }

    private void send(ByteBuffer full) throws IOException {
        settle();
        if (refused) {
            position = writeCached(full, position);
            release();
            return;
        }
        sent = full;
        sentTo = position;
        position += full.remaining();
        buffer = null;
        written = toDevice(full, sentTo);
        buffer = io.take();
        if (buffer == null) {
            settle();
            buffer = io.take();
            refused = buffer == null;
        }
    }

    private CompletableFuture<Void> toDevice(ByteBuffer full, long to) {
        try {
            if (direct == null) {
                direct = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            }
            return io.write(direct, full, to);
        } catch (IOException | UnsupportedOperationException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /** Returns when nothing is under way; writes through the cache what the device was not given. */
    private void settle() throws IOException {
        if (sent == null) {
            return;
        }
        try {
            written.get(DEVICE_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException refusal) {
            refused = true;
            writeCached(sent.rewind(), sentTo);
        } catch (TimeoutException stuck) {
            // The device may still read the buffer, so nobody else gets it.
            sent = null;
            throw new IOException(file + ": the device did not take " + DirectIo.SIZE + " bytes (expected: within " + DEVICE_TIMEOUT_S + " s)");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            sent = null;
            throw new IOException(file + ": interrupted while the device took " + DirectIo.SIZE + " bytes");
        }
        io.giveBack(sent);
        sent = null;
    }

    private long writeCached(ByteBuffer rest, long from) throws IOException {
        long at = from;
        while (rest.hasRemaining()) {
            at += cached.write(rest, at);
        }
        return at;
    }

    private void release() {
        if (buffer != null) {
            io.giveBack(buffer);
            buffer = null;
        }
    }
}
