package dev.tideline.modelstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code <storage root>/models}: {@code <model>/<version>/} with a SavedModel and {@code manifest.json}. A version is
 * visible once its folder has its final name, and complete from then on.
 */
public final class ModelStore {

    public static final String MANIFEST = "manifest.json";

    private static final String FOLDER = "models";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");
    /** As {@link #folder} writes it: no leading zeros. */
    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Path root;

    /** @param storageRoot the platform's storage root, not the models' folder */
    public ModelStore(Path storageRoot) {
        this.root = storageRoot;
    }

    /** Where the version lies or will lie. */
    public Path folder(String model, long version) {
        if (!NAME.matcher(model).matches() || version < 0) {
            throw new IllegalArgumentException("model: " + model + "/" + version
                    + " (expected: letters, digits or any of _ . - in the name, a version from 0)");
        }
        return root.resolve(FOLDER).resolve(model).resolve(Long.toString(version));
    }

    /** {@link #folder} relative to the storage root, with '/', as events carry it. */
    public String path(String model, long version) {
        folder(model, version);
        return FOLDER + "/" + model + "/" + version;
    }

    /** @throws NoSuchFileException when there is no such version */
    public ModelManifest manifest(String model, long version) throws IOException {
        return ModelManifestCodec.read(folder(model, version).resolve(MANIFEST));
    }

    /** Published versions, ascending. */
    public List<Long> versions(String model) throws IOException {
        Path folder = folder(model, 0).getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> VERSION.matcher(child.getFileName().toString()).matches())
                    .filter(child -> Files.exists(child.resolve(MANIFEST)))
                    .map(child -> Long.parseLong(child.getFileName().toString())).sorted().toList();
        }
    }

    /**
     * An empty folder beside the final one, to be filled and published. Drafts of other attempts at the same version are removed; a process
     * that still fills one of them cannot reach into this one.
     *
     * @param attempt which try at the version this is; never two at a time with the same number
     */
    public Draft draft(String model, long version, int attempt) throws IOException {
        Path target = folder(model, version);
        Path models = Files.createDirectories(target.getParent());
        String name = ".draft-" + version + "-";
        try (Stream<Path> siblings = Files.list(models)) {
            for (Path old : siblings.filter(sibling -> sibling.getFileName().toString().startsWith(name)).toList()) {
                try {
                    delete(old);
                } catch (DirectoryNotEmptyException | NoSuchFileException busy) {
                    // Still being filled; it goes with the next attempt.
                }
            }
        }
        return new Draft(Files.createDirectories(models.resolve(name + attempt)), target);
    }

    /** Removes a version, and what is left of it when an earlier removal was cut short; nothing happens when it is not there. */
    public void delete(String model, long version) throws IOException {
        Path target = folder(model, version);
        // A reader must never see half a model, so the folder disappears in one step first.
        Path grave = target.resolveSibling(".deleted-" + version);
        delete(grave);
        if (Files.exists(target)) {
            Files.move(target, grave, StandardCopyOption.ATOMIC_MOVE);
            delete(grave);
        }
    }

    /** A version in the making. Closing it without publishing removes it. */
    public static final class Draft implements Closeable {

        private final Path path;
        private final Path target;
        private boolean published;

        private Draft(Path path, Path target) {
            this.path = path;
            this.target = target;
        }

        /** The folder to write into. */
        public Path path() {
            return path;
        }

        /**
         * Hashes and forces the files, writes the manifest with their hashes, then gives the folder its final name.
         *
         * @return the manifest as written
         * @throws FileAlreadyExistsException when the version was published before
         */
        public ModelManifest publish(ModelManifest manifest) throws IOException {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            TreeMap<String, String> hashes = new TreeMap<>();
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    hashes.put(path.relativize(file).toString().replace('\\', '/'), sha256(file));
                    force(file);
                    return FileVisitResult.CONTINUE;
                }
            });
            ModelManifest complete = manifest.withFiles(hashes);
            Path file = path.resolve(MANIFEST);
            Files.writeString(file, ModelManifestCodec.write(complete).toPrettyString());
            force(file);
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            published = true;
            return complete;
        }

        @Override
        public void close() throws IOException {
            if (!published) {
                delete(path);
            }
        }
    }

    /**
     * Compares the files of a version with its manifest.
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
            if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file) || !sha256(file).equals(entry.getValue())) {
                damaged.put(entry.getKey(), "");
            }
        }
        return List.copyOf(damaged.keySet());
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(file, sink);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
