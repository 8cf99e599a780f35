package dev.tideline.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files on their way to a bucket. A process has a folder of its own and holds a lock in it for as long as it lives, so whether the
 * drafts of another folder are still wanted is known for certain: an upload may wait through an outage of any length, and what a killed
 * process left is taken at once.
 */
final class DraftFolder {

    private static final String LOCK = ".lock";
    /** Folders of this process. Their locks are not tried: closing a file gives up every lock that the process has on it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final ReentrantLock guard = new ReentrantLock();
    private @Nullable Path own;
    private @Nullable FileChannel held;

    DraftFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** A path that nothing lies at; its folder exists. */
    Path draft(String key) throws IOException {
        Path draft = own().resolve(Keys.file(key));
        Files.createDirectories(draft.getParent());
        Files.deleteIfExists(draft);
        return draft;
    }

    /** Removes the folders of processes that are gone; returns how many files that were. */
    int removeAbandoned() throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int[] removed = {0};
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                if (!OURS.contains(folder) && isAbandoned(folder)) {
                    removed[0] += empty(folder);
                }
            }
        }
        return removed[0];
    }

    /** The lock goes last: a folder without one would never be taken. */
    private static int empty(Path folder) throws IOException {
        int[] removed = {0};
        FileTree.walk(folder, (file, attributes) -> {
            if (!file.endsWith(LOCK) && Files.deleteIfExists(file)) {
                removed[0]++;
            }
        });
        FileTree.delete(folder);
        return removed[0];
    }

    /** Gives the folder up, and whatever is in it. */
    void close() throws IOException {
        guard.lock();
        try {
            Path folder = own;
            FileChannel channel = held;
            own = null;
            held = null;
            if (folder != null && channel != null) {
                try (channel) {
                    empty(folder);
                } finally {
                    OURS.remove(folder);
                }
            }
        } finally {
            guard.unlock();
        }
    }

    private Path own() throws IOException {
        guard.lock();
        try {
            Path folder = own;
            if (folder != null) {
                return folder;
            }
            Files.createDirectories(root);
            // Locked before it has its final name: a folder that others can see is never without its lock.
            Path made = Files.createTempDirectory(root, ".new-");
            FileChannel channel = FileChannel.open(made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            folder = root.resolve(ProcessHandle.current().pid() + made.getFileName().toString().replace(".new-", "-"));
            OURS.add(folder);
            Files.move(made, folder);
            held = channel;
            own = folder;
            return folder;
        } finally {
            guard.unlock();
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException held) {
            return false;
        } catch (NoSuchFileException unlocked) {
            // In the making, or in the taking.
            return false;
        }
    }
}
