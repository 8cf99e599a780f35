package dev.tideline.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Files below a folder. Drafts lie beside the files that they become, since a rename is only atomic within a file system. */
final class LocalStorage implements Storage {

    static final String UNFINISHED = ".tmp";

    private static final AtomicLong WRITES = new AtomicLong();

    private final Path root;

    LocalStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public void probe() throws IOException {
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            throw new AccessDeniedException(root.toString(), null, "not a folder that this process can write");
        }
    }

    @Override
    public Path draft(String key) throws IOException {
        Path draft = path(key).resolveSibling(path(key).getFileName() + UNFINISHED);
        Files.createDirectories(draft.getParent());
        Files.deleteIfExists(draft);
        return draft;
    }

    @Override
    public void publish(Path draft, String key, String checksum) throws IOException {
        Path target = path(key);
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            if (!Files.exists(target)) {
                throw gone;
            }
        }
        force(target.getParent());
    }

    @Override
    public void write(String key, byte[] content) throws IOException {
        // Two processes may write the same key at a time; the last rename wins, and each is whole.
        Path target = path(key);
        Path draft = draft(key + "." + ProcessHandle.current().pid() + "-" + WRITES.incrementAndGet());
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(target.getParent());
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        return FileSection.open(path(key), from, BlockStream.TO_THE_END);
    }

    @Override
    public InputStream open(String key, long from, long bytes) throws IOException {
        return FileSection.open(path(key), from, bytes);
    }

    @Override
    public Optional<StoredFile> find(String key) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(key), BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(file(key, attributes)) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void list(String folder, Consumer<StoredFile> visitor) throws IOException {
        FileTree.walk(root.resolve(Keys.folder(folder)), (path, attributes) -> {
            if (!isUnfinished(path)) {
                visitor.accept(file(key(path), attributes));
            }
        });
    }

    @Override
    public void touch(String key, Instant now) throws IOException {
        Files.setLastModifiedTime(path(key), FileTime.from(now));
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public int removeUnfinished(String folder, Instant before) throws IOException {
        int[] removed = {0};
        FileTree.walk(root.resolve(Keys.folder(folder)), (path, attributes) -> {
            if (isUnfinished(path) && attributes.lastModifiedTime().toInstant().isBefore(before) && Files.deleteIfExists(path)) {
                removed[0]++;
            }
        });
        return removed[0];
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private Path path(String key) {
        return root.resolve(Keys.file(key));
    }

    private String key(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static boolean isUnfinished(Path path) {
        return path.toString().endsWith(UNFINISHED);
    }

    private static StoredFile file(String key, BasicFileAttributes attributes) {
        return new StoredFile(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    /** A rename is on disk once its folder is. */
    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
