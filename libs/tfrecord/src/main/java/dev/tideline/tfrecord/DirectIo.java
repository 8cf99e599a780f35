package dev.tideline.tfrecord;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What files need that are written past the system's cache: aligned memory, which is used again, and threads that wait for the device while
 * the next bytes are made. Shared by all files of a process; a file that finds no memory left goes through the cache. Thread-safe.
 */
public final class DirectIo implements Closeable {

    /** Bytes of a buffer. */
    static final int SIZE = 1 << 20;
    /** Blocks of most file systems; those with larger ones refuse, and are written through the cache. */
    private static final int ALIGNMENT = 4096;

    private final Semaphore toBeMade;
    private final ExecutorService threads;
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /**
     * @param buffers buffers of 1 MiB outside the heap that are ever made; a file wants two while it is written
     * @param threads writes to the device at a time
     */
    public DirectIo(int buffers, int threads) {
        if (buffers < 1 || threads < 1) {
            throw new IllegalArgumentException("buffers: " + buffers + ", threads: " + threads + " (expected: at least 1 of each)");
        }
        this.toBeMade = new Semaphore(buffers);
        this.threads = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("direct-io-", 1).factory());
    }

    /** An empty buffer, or null when all are in use. */
    @Nullable ByteBuffer take() {
        ByteBuffer used = free.poll();
        if (used != null) {
            return used.clear();
        }
        return toBeMade.tryAcquire() ? make() : null;
    }

    /** Null when the process may have no more memory outside the heap; then nobody asks again. */
    private static @Nullable ByteBuffer make() {
        try {
            return ByteBuffer.allocateDirect(SIZE + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, SIZE);
        } catch (OutOfMemoryError limit) {
            return null;
        }
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }

    /** Writes all of a buffer, which belongs to this until the future is done. Fails with what the channel said. */
    CompletableFuture<Void> write(FileChannel channel, ByteBuffer buffer, long position) {
        try {
            return CompletableFuture.runAsync(() -> writeAll(channel, buffer, position), threads);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer, long position) {
        try {
            for (long at = position; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Later writes go through the cache. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
