package dev.tideline.platform.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The one folder that holds everything the platform keeps; owned by one launcher at a time. */
final class DataFolder implements AutoCloseable {

    static final long NEEDED_BYTES = 1L << 30;

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws LaunchException when it cannot be used, another launcher uses it, or the disk is nearly full */
    static DataFolder open(Path root, long neededBytes) {
        try {
            var absolute = root.toAbsolutePath().normalize();
            Files.createDirectories(absolute.resolve("logs"));
            Files.createDirectories(absolute.resolve("storage"));
            Files.createDirectories(absolute.resolve("run"));
            requireSpace(absolute, neededBytes);
            return new DataFolder(absolute, lock(absolute));
        } catch (IOException e) {
            throw new LaunchException("data folder: " + root + ": " + e.getMessage() + " (expected: a folder that can be written)", e);
        }
    }

    private static void requireSpace(Path root, long neededBytes) throws IOException {
        var free = Files.getFileStore(root).getUsableSpace();
        if (free < neededBytes) {
            throw new LaunchException("data folder: " + root + ": " + (free >> 20) + " MiB free on its disk (expected: at least "
                    + (neededBytes >> 20) + " MiB; choose another with --data)");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        var file = root.resolve("tideline.lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new LaunchException("data folder: " + root + ": in use by process " + Files.readString(file).strip()
                    + " (expected: no other tideline; choose another with --data and --port-base)", e);
        }
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
        return channel;
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    /** What the services call the storage root. */
    Path storage() {
        return root.resolve("storage");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** Holds the process id of a running service, for whoever wants to look at it or end it. */
    Path pidFile(String name) {
        return root.resolve("run").resolve(name + ".pid");
    }

    /** A fresh log file; the one of the run before is kept beside it. */
    Path newLog(String name) {
        var log = logs().resolve(name + ".log");
        try {
            if (Files.exists(log)) {
                Files.move(log, logs().resolve(name + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LaunchException("log file: " + log + ": " + e.getMessage() + " (expected: a file that can be replaced)", e);
        }
        return log;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LaunchException("data folder: " + root + ": its lock was not given back: " + e.getMessage(), e);
        }
    }
}
