package dev.tideline.modelstore;

import dev.tideline.storage.Digests;
import dev.tideline.storage.LocalFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies below {@code <storage root>/models}: {@code <model>/<version>/} with a SavedModel and {@code manifest.json}. A version is
 * visible once it is complete, and then does not change. Where the storage does not answer, calls fail with
 * {@link dev.tideline.storage.StorageUnavailableException}.
 */
public final class ModelStore {

    public static final String MANIFEST = "manifest.json";

    private static final String FOLDER = "models";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");
    /** As {@link #folder} writes it: no leading zeros. */
    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Path local;
    private final VersionPlace place;

    /** @param storageRoot the platform's storage root, not the models' folder */
    public ModelStore(Path storageRoot) {
        this.local = storageRoot;
        this.place = new FolderPlace(storageRoot);
    }

    public ModelStore(LocalFiles files) {
        this.local = files.root();
        this.place = files.storage().remote() ? new BucketPlace(files) : new FolderPlace(local);
    }

    /** Where the version lies on this machine, or will lie. */
    public Path folder(String model, long version) {
        return local.resolve(path(model, version));
    }

    /** A version's folder relative to the storage root, with '/', as events carry it. */
    public String path(String model, long version) {
        if (!NAME.matcher(model).matches() || version < 0) {
            throw new IllegalArgumentException("model: " + model + "/" + version
                    + " (expected: letters, digits or any of _ . - in the name, a version from 0)");
        }
        return FOLDER + "/" + model + "/" + version;
    }

    static boolean isVersion(String name) {
        return VERSION.matcher(name).matches();
    }

    /** Whether the version was published. */
    public boolean holds(String model, long version) throws IOException {
        return place.holds(path(model, version));
    }

    /** @throws NoSuchFileException when there is no such version */
    public ModelManifest manifest(String model, long version) throws IOException {
        return place.manifest(path(model, version));
    }

    /** Published versions, ascending. */
    public List<Long> versions(String model) throws IOException {
        String version = path(model, 0);
        return place.versions(version.substring(0, version.lastIndexOf('/'))).stream().sorted().toList();
    }

    /**
     * Brings a version to this machine, unless it is here. A copy is served while the storage does not answer.
     *
     * @return its folder
     * @throws NoSuchFileException when there is no such version
     */
    public Path fetch(String model, long version) throws IOException {
        return place.fetch(path(model, version));
    }

    /**
     * An empty folder beside the final one, to be filled and published. Drafts of other attempts at the same version are removed; a process
     * that still fills one of them cannot reach into this one.
     *
     * @param attempt which try at the version this is; never two at a time with the same number
     */
    public Draft draft(String model, long version, int attempt) throws IOException {
        Path models = Files.createDirectories(folder(model, version).getParent());
        String name = ".draft-" + version + "-";
        try (Stream<Path> siblings = Files.list(models)) {
            for (Path old : siblings.filter(sibling -> sibling.getFileName().toString().startsWith(name)).toList()) {
                try {
                    ModelFiles.delete(old);
                } catch (DirectoryNotEmptyException | NoSuchFileException busy) {
                    // Still being filled; it goes with the next attempt.
                }
            }
        }
        return new Draft(Files.createDirectories(models.resolve(name + attempt)), path(model, version));
    }

    /** Removes a version, and what is left of it when an earlier removal was cut short; nothing happens when it is not there. */
    public void delete(String model, long version) throws IOException {
        place.delete(path(model, version));
    }

    /** A version in the making. Closing it without publishing removes it. */
    public final class Draft implements Closeable {

        private final Path path;
        private final String target;
        private boolean published;

        private Draft(Path path, String target) {
            this.path = path;
            this.target = target;
        }

        /** The folder to write into. */
        public Path path() {
            return path;
        }

        /**
         * Hashes and forces the files, writes the manifest with their hashes, and makes the version appear. May be repeated after a
         * failure.
         *
         * @return the manifest as written
         * @throws FileAlreadyExistsException when the version was published before
         */
        public ModelManifest publish(ModelManifest manifest) throws IOException {
            Path file = path.resolve(MANIFEST);
            Files.deleteIfExists(file);
            ModelManifest complete = manifest.withFiles(ModelFiles.hashed(path));
            Files.writeString(file, ModelManifestCodec.write(complete).toPrettyString());
            ModelFiles.force(file);
            place.publish(path, target, complete);
            published = true;
            return complete;
        }

        @Override
        public void close() throws IOException {
            if (!published) {
                ModelFiles.delete(path);
            }
        }
    }

    /**
     * Compares the files of a version on this machine with its manifest.
     *
     * @return paths that are missing or differ; empty when all is well
     */
    public List<String> damaged(ModelManifest manifest) throws IOException {
        return damaged(folder(manifest.model(), manifest.version()), manifest);
    }

    /** The same for a version's folder wherever it lies. */
    public static List<String> damaged(Path folder, ModelManifest manifest) throws IOException {
        return damaged(folder, manifest.files());
    }

    /** The same for {@link ModelManifest#files} alone. */
    public static List<String> damaged(Path folder, SortedMap<String, String> files) throws IOException {
        SortedMap<String, String> damaged = new TreeMap<>();
        for (var entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey()).normalize();
            if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file) || !Digests.sha256(file).equals(entry.getValue())) {
                damaged.put(entry.getKey(), "");
            }
        }
        return List.copyOf(damaged.keySet());
    }
}
