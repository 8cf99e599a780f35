package dev.tideline.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a platform keeps its files, as people write it: a folder, or {@code s3://bucket[/prefix]}. */
public sealed interface StorageRoot {

    /** @param folder absolute */
    record Folder(Path folder) implements StorageRoot {

        public Folder {
            folder = folder.toAbsolutePath().normalize();
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }

    /** @param prefix empty, or ends with '/' */
    record Bucket(String bucket, String prefix) implements StorageRoot {

        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
        }
    }

    /** @throws IllegalArgumentException when it is neither a folder nor an address of a bucket */
    static StorageRoot parse(String text) {
        return text.contains("://") ? Bucketing.parse(text) : folder(text);
    }

    private static StorageRoot folder(String text) {
        try {
            if (!text.isBlank()) {
                return new Folder(Path.of(text));
            }
        } catch (InvalidPathException unusable) {
            // Told below, as for any other.
        }
        throw new IllegalArgumentException(text + " (expected: a folder, or s3://bucket/prefix)");
    }

    /** Rules of Amazon's buckets and of servers that speak S3. */
    final class Bucketing {

        private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?");

        private Bucketing() {}

        private static Bucket parse(String text) {
            Matcher address = ADDRESS.matcher(text);
            if (!address.matches()) {
                throw new IllegalArgumentException(text + " (expected: a folder, or s3://bucket/prefix with a bucket of 3 to 63 small"
                        + " letters, digits, '.' or '-')");
            }
            String prefix = address.group(2);
            if (prefix == null || prefix.isEmpty()) {
                return new Bucket(address.group(1), "");
            }
            try {
                return new Bucket(address.group(1), Keys.file(prefix) + "/");
            } catch (IllegalArgumentException unusable) {
                throw new IllegalArgumentException(text + " (expected: s3://bucket/prefix with a prefix of names joined by '/')", unusable);
            }
        }
    }
}
