package dev.tideline.starter.storage;

import dev.tideline.storage.S3Settings;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Turns configuration into a storage, or names everything that is wrong with it. */
final class StorageChoice {

    private static final String S3 = "tideline.storage.s3.";

    private StorageChoice() {}

    static Storage open(StorageProperties properties) {
        StorageRoot root = root(properties);
        List<String> problems = root instanceof StorageRoot.Bucket ? problems(properties.s3()) : List.of();
        if (!problems.isEmpty()) {
            throw new UnusableStorageException(String.join("\n", problems), null);
        }
        return Storages.open(root, properties.s3().settings(), properties.drafts());
    }

    static LocalFiles local(StorageProperties properties, Storage storage, InstantSource clock) {
        return switch (root(properties)) {
            case StorageRoot.Folder(Path folder) -> LocalFiles.inPlace(folder);
            case StorageRoot.Bucket bucket -> LocalFiles.copies(storage, properties.copies().folder(), properties.copies().keep(), clock);
        };
    }

    private static StorageRoot root(StorageProperties properties) {
        try {
            return StorageRoot.parse(properties.root());
        } catch (IllegalArgumentException unreadable) {
            throw new UnusableStorageException("tideline.storage.root: " + unreadable.getMessage(), unreadable);
        }
    }

    private static List<String> problems(StorageProperties.S3 s3) {
        List<String> problems = new ArrayList<>();
        URI endpoint = s3.endpoint();
        if (endpoint != null && (endpoint.getHost() == null || !List.of("http", "https").contains(String.valueOf(endpoint.getScheme())))) {
            problems.add(S3 + "endpoint: " + endpoint + " (expected: http://host:port or https://host)");
        }
        together(problems, s3.accessKey(), "access-key", "secret-key", s3.secretKey());
        together(problems, s3.secretKey(), "secret-key", "access-key", s3.accessKey());
        if (s3.partSize().toBytes() < S3Settings.MIN_PART || s3.partSize().toBytes() > S3Settings.MAX_PART) {
            problems.add(S3 + "part-size: " + s3.partSize() + " (expected: " + DataSize.ofBytes(S3Settings.MIN_PART).toMegabytes() + "MB to "
                    + DataSize.ofBytes(S3Settings.MAX_PART).toGigabytes() + "GB)");
        }
        positive(problems, "connect-timeout", s3.connectTimeout());
        positive(problems, "timeout", s3.timeout());
        if (s3.retries() < 0 || s3.retries() > 10) {
            problems.add(S3 + "retries: " + s3.retries() + " (expected: 0 to 10)");
        }
        return problems;
    }

    private static void together(List<String> problems, @Nullable String given, String name, String other, @Nullable String value) {
        if (given != null && value == null) {
            problems.add(S3 + other + ": absent (expected: given together with " + name + ")");
        }
    }

    private static void positive(List<String> problems, String name, Duration value) {
        if (!value.isPositive()) {
            problems.add(S3 + name + ": " + value + " (expected: more than nothing)");
        }
    }
}
