package dev.tideline.inference.source;

import dev.tideline.inference.configuration.VersionSelection;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Folders of this machine for base paths in buckets. A version is copied whole beside its place and renamed; its files carry the bucket's sizes and times,
 * by which a changed one is noticed. Besides the versions that are wanted, the one below them stays, to fall back to. Used by one thread.
 */
final class BucketFolders implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BucketFolders.class);

    private final Function<StorageRoot.Bucket, Storage> open;
    private final Path root;
    private final Duration settle;
    private final InstantSource clock;
    private final Map<StorageRoot.Bucket, Storage> storages = new HashMap<>();

    /**
     * @param root   of all copies
     * @param settle how long a version without a manifest must have been left alone before it counts as whole
     */
    BucketFolders(Function<StorageRoot.Bucket, Storage> open, Path root, Duration settle, InstantSource clock) {
        this.open = open;
        this.root = root.toAbsolutePath().normalize();
        this.settle = settle;
        this.clock = clock;
    }

    Path folder(StorageRoot.Bucket address) {
        return root.resolve(address.bucket()).resolve(address.prefix()).normalize();
    }

    /** The folder's parent is a root of files, the folder's name a key. */
    private record Place(StorageRoot.Bucket parent, String name) {

        static Place of(StorageRoot.Bucket address) {
            String path = address.prefix().substring(0, address.prefix().length() - 1);
            int slash = path.lastIndexOf('/') + 1;
            return new Place(new StorageRoot.Bucket(address.bucket(), path.substring(0, slash)), path.substring(slash));
        }
    }

    /**
     * Brings what is wanted and whole, and removes what is gone.
     *
     * @throws IOException when the bucket cannot be read; what is here stays
     */
    void look(StorageRoot.Bucket address, VersionSelection wanted) throws IOException {
        Place place = Place.of(address);
        Storage storage = storages.computeIfAbsent(place.parent(), open);
        NavigableMap<Long, SortedMap<String, StoredFile>> there = list(storage, place.name());
        Path folder = folder(address);
        Files.createDirectories(folder);
        TreeSet<Long> whole = new TreeSet<>();
        there.forEach((version, files) -> {
            if (here(folder.resolve(version.toString()), files) || isWhole(folder, files)) {
                whole.add(version);
            }
        });
        SortedSet<Long> chosen = wanted.choose(whole);
        for (long version : chosen) {
            if (!here(folder.resolve(Long.toString(version)), there.get(version))) {
                copy(storage, there.get(version), folder, Long.toString(version));
            }
        }
        Long below = chosen.isEmpty() ? null : whole.lower(chosen.first());
        for (Map.Entry<Long, Path> copy : VersionFolders.of(folder).entrySet()) {
            long version = copy.getKey();
            if (!there.containsKey(version) || !chosen.isEmpty() && !chosen.contains(version) && (below == null || version != below)) {
                FileSystemUtils.deleteRecursively(copy.getValue());
            }
        }
    }

    /** Files by path below their version. */
    private static NavigableMap<Long, SortedMap<String, StoredFile>> list(Storage storage, String name) throws IOException {
        NavigableMap<Long, SortedMap<String, StoredFile>> versions = new TreeMap<>();
        storage.list(name + "/", file -> {
            String[] parts = file.key().substring(name.length() + 1).split("/", 2);
            OptionalLong number = VersionFolders.number(parts[0]);
            if (parts.length == 2 && number.isPresent() && Path.of(parts[1]).normalize().equals(Path.of(parts[1]))) {
                versions.computeIfAbsent(number.getAsLong(), version -> new TreeMap<>()).put(parts[1], file);
            }
        });
        return versions;
    }

    private boolean isWhole(Path folder, SortedMap<String, StoredFile> files) {
        SortedMap<String, String> found = new TreeMap<>(Map.of("", "folder"));
        Instant newest = Instant.MIN;
        for (Map.Entry<String, StoredFile> file : files.entrySet()) {
            for (int slash = file.getKey().indexOf('/'); slash > 0; slash = file.getKey().indexOf('/', slash + 1)) {
                found.put(file.getKey().substring(0, slash), "folder");
            }
            found.put(file.getKey(), Long.toString(file.getValue().bytes()));
            newest = file.getValue().modified().isAfter(newest) ? file.getValue().modified() : newest;
        }
        ExportFolder export = new ExportFolder(folder, found, newest);
        return export.missing() == null && (export.hasManifest() || !newest.plus(settle).isAfter(clock.instant()));
    }

    private static boolean here(Path version, SortedMap<String, StoredFile> files) {
        return files.entrySet().stream().allMatch(file -> {
            Path copy = version.resolve(file.getKey());
            try {
                return Files.isRegularFile(copy) && Files.size(copy) == file.getValue().bytes()
                        && Files.getLastModifiedTime(copy).toInstant().getEpochSecond() == file.getValue().modified().getEpochSecond();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void copy(Storage storage, SortedMap<String, StoredFile> files, Path folder, String version) throws IOException {
        Path draft = folder.resolve("copy-of-" + version);
        FileSystemUtils.deleteRecursively(draft);
        for (Map.Entry<String, StoredFile> file : files.entrySet()) {
            Path copy = draft.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            try (InputStream in = storage.open(file.getValue().key(), 0)) {
                Files.copy(in, copy);
            }
            Files.setLastModifiedTime(copy, FileTime.from(file.getValue().modified()));
        }
        Path place = folder.resolve(version);
        FileSystemUtils.deleteRecursively(place);
        Files.move(draft, place);
        log.info("{} was copied from {}", place, storage.location());
    }

    @Override
    public void close() {
        storages.values().forEach(Storage::close);
    }
}
