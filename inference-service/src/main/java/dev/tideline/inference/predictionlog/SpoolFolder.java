package dev.tideline.inference.predictionlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A numbered folder that belongs to one process while it lives. Several instances may share the folder above; what a process left behind is
 * found by the next that starts.
 */
final class SpoolFolder implements AutoCloseable {

    private static final int MOST = 64;

    private final Path path;
    private final FileChannel channel;

    private SpoolFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IOException when no folder can be had */
    static SpoolFolder claim(Path above) throws IOException {
        for (int i = 0; i < MOST; i++) {
            Path path = Files.createDirectories(above.resolve(Integer.toString(i)));
            FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new SpoolFolder(path, channel);
            }
            channel.close();
        }
        throw new IOException("spool folder: " + above + " has " + MOST + " folders in use (expected: a free one)");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
