package dev.tideline.inference.configuration;

import dev.tideline.storage.StorageRoot;
import java.net.URI;
import java.nio.file.Path;

/** Where the versions of a model lie, in folders named by numbers. */
public sealed interface BasePath {

    /** On this machine. */
    record Folder(Path path) implements BasePath {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** @param address with a prefix */
    record Bucket(StorageRoot.Bucket address) implements BasePath {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * @param text an absolute path, also as {@code file:}, or {@code s3://bucket/folder}
     * @throws IllegalArgumentException when it is none of these
     */
    static BasePath parse(String text) {
        try {
            if (text.startsWith("s3://") && StorageRoot.parse(text) instanceof StorageRoot.Bucket bucket && !bucket.prefix().isEmpty()) {
                return new Bucket(bucket);
            }
            Path path = text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
            if (!text.isEmpty() && path.isAbsolute()) {
                return new Folder(path.normalize());
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(refusal(text), malformed);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "\"" + text + "\" (expected: an absolute path of this machine, or s3://bucket/folder)";
    }
}
