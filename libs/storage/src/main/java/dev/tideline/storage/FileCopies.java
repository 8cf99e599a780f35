package dev.tideline.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies below {@code files/}. Their time of change is when they were last asked for; what others copy at the same time is as good. */
final class FileCopies implements LocalFiles {

    private static final Logger log = LoggerFactory.getLogger(FileCopies.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final AtomicLong DOWNLOADS = new AtomicLong();

    private final Storage storage;
    private final Path folder;
    private final Path root;
    private final Duration keep;
    private final InstantSource clock;
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    FileCopies(Storage storage, Path folder, Duration keep, InstantSource clock) {
        this.storage = storage;
        this.folder = folder;
        this.root = folder.resolve("files");
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Path scratch() {
        return folder;
    }

    @Override
    public Path fetch(String key) throws IOException {
        Path copy = root.resolve(Keys.file(key));
        return wanted(copy) ? copy : download(key, null);
    }

    @Override
    public Path refresh(String key) throws IOException {
        return download(key, null);
    }

    @Override
    public Path fetch(String folder, SortedMap<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            String key = folder + "/" + file.getKey();
            Path copy = root.resolve(Keys.file(key));
            if (!wanted(copy) || !Digests.sha256(copy).equals(file.getValue())) {
                download(key, file.getValue());
            }
        }
        return root.resolve(Keys.file(folder));
    }

    /** Whether it is here; it stays for a while longer then. */
    private boolean wanted(Path copy) throws IOException {
        try {
            Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private Path download(String key, @Nullable String sha256) throws IOException {
        sweepNowAndThen();
        Path copy = root.resolve(Keys.file(key));
        Files.createDirectories(copy.getParent());
        Path draft = copy.resolveSibling(copy.getFileName() + "." + ProcessHandle.current().pid() + "-" + DOWNLOADS.incrementAndGet()
                + LocalStorage.UNFINISHED);
        MessageDigest digest = Digests.sha256();
        try {
            try (InputStream in = storage.open(key, 0);
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW), digest)) {
                in.transferTo(out);
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (sha256 != null && !found.equals(sha256)) {
                throw new FileSystemException(storage.location() + "/" + key, null, "SHA-256 " + found + " (expected: " + sha256 + ")");
            }
            Files.setLastModifiedTime(draft, FileTime.from(clock.instant()));
            return Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void sweepNowAndThen() {
        Instant now = clock.instant();
        Instant last = swept.get();
        if (last.plus(BETWEEN_SWEEPS).isAfter(now) || !swept.compareAndSet(last, now)) {
            return;
        }
        FileTime before = FileTime.from(now.minus(keep));
        try {
            FileTree.walk(root, (file, attributes) -> {
                if (attributes.lastModifiedTime().compareTo(before) < 0) {
                    Files.deleteIfExists(file);
                }
            });
        } catch (IOException unable) {
            log.warn("Old copies below {} stay: {}", root, unable.toString());
        }
    }
}
