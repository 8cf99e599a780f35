package dev.tideline.starter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StorageChoiceTest {

    @Test
    void isAFolderOfThisMachineByDefault() {
        StorageProperties properties = properties(Map.of());

        assertThat(StorageChoice.open(properties).location()).isEqualTo(Path.of("data/storage").toAbsolutePath().toString());
        assertThat(properties.drafts()).isEqualTo(Path.of("data/drafts"));
        assertThat(properties.s3().toString()).isEqualTo("S3Settings[endpoint=null, region=null, pathStyle=false, accessKey=null,"
                + " secretKey=null, partBytes=16777216, connectTimeout=PT5S, timeout=PT1M, retries=2]");
    }

    @Test
    void readsEveryKey() {
        StorageProperties properties = properties(Map.of("root", "s3://tideline/x", "drafts", "/var/drafts", "s3.endpoint", "http://127.0.0.1:9000",
                "s3.region", "eu-central-1", "s3.path-style", "true", "s3.access-key", "me", "s3.secret-key", "hunter2", "s3.part-size", "8MB",
                "s3.timeout", "30s", "s3.retries", "1"));

        try (Storage storage = StorageChoice.open(properties)) {
            assertThat(storage.location()).isEqualTo("s3://tideline/x");
            assertThat(storage.remote()).isTrue();
        }
        assertThat(properties.drafts()).isEqualTo(Path.of("/var/drafts"));
        assertThat(properties.s3().settings().toString()).isEqualTo("S3Settings[endpoint=http://127.0.0.1:9000, region=eu-central-1,"
                + " pathStyle=true, accessKey=me, secretKey=***, partBytes=8388608, connectTimeout=PT5S, timeout=PT30S, retries=1]");
        assertThat(properties.s3().settings().secretKey()).isEqualTo("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3.endpoint        | host:9000      | tideline.storage.s3.endpoint: host:9000 (expected: http://host:port or https://host)
            s3.endpoint        | ftp://host     | tideline.storage.s3.endpoint: ftp://host (expected: http://host:port or https://host)
            s3.access-key      | me             | tideline.storage.s3.secret-key: absent (expected: given together with access-key)
            s3.secret-key      | hunter2        | tideline.storage.s3.access-key: absent (expected: given together with secret-key)
            s3.part-size       | 1MB            | tideline.storage.s3.part-size: 1048576B (expected: 5MB to 5GB)
            s3.part-size       | 6GB            | tideline.storage.s3.part-size: 6442450944B (expected: 5MB to 5GB)
            s3.timeout         | 0s             | tideline.storage.s3.timeout: PT0S (expected: more than nothing)
            s3.connect-timeout | -1s            | tideline.storage.s3.connect-timeout: PT-1S (expected: more than nothing)
            s3.retries         | 11             | tideline.storage.s3.retries: 11 (expected: 0 to 10)
            root               | s3://B         | tideline.storage.root: s3://B (expected: a folder, or s3://bucket/prefix with a bucket of 3 to 63 small letters, digits, '.' or '-')
            root               | http://x/y     | tideline.storage.root: http://x/y (expected: a folder, or s3://bucket/prefix with a bucket of 3 to 63 small letters, digits, '.' or '-')
            """)
    void namesWhatIsWrong(String key, String value, String message) {
        Map<String, String> settings = new TreeMap<>(Map.of("root", "s3://tideline"));
        settings.put(key, value);
        StorageProperties properties = properties(settings);

        assertThatExceptionOfType(UnusableStorageException.class).isThrownBy(() -> StorageChoice.open(properties)).withMessage(message);
    }

    @Test
    void namesAllThatIsWrongAtOnceAndNoSecret() {
        StorageProperties properties = properties(Map.of("root", "s3://tideline", "s3.secret-key", "hunter2", "s3.part-size", "1B",
                "s3.retries", "-1"));

        assertThatExceptionOfType(UnusableStorageException.class).isThrownBy(() -> StorageChoice.open(properties))
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(3).noneMatch(line -> line.contains("hunter2")));
    }

    @Test
    void sparesAFolderTheRulesOfBuckets() {
        assertThat(StorageChoice.open(properties(Map.of("root", "x/../y", "s3.part-size", "1B"))).location())
                .isEqualTo(Path.of("y").toAbsolutePath().toString());
    }

    @Test
    void aFolderIsReadInPlaceAndABucketByCopies() {
        assertThat(local(Map.of("root", "/srv/x"))).satisfies(files -> {
            assertThat(files.root()).isEqualTo(Path.of("/srv/x"));
            assertThat(files.scratch()).as("shared, as the root is").isEqualTo(Path.of("/srv/x"));
        });
        assertThat(local(Map.of("root", "s3://tideline/a", "copies.folder", "/srv/copies"))).satisfies(files -> {
            assertThat(files.root()).isEqualTo(Path.of("/srv/copies/files"));
            assertThat(files.scratch()).isEqualTo(Path.of("/srv/copies"));
            assertThat(files.storage().location()).isEqualTo("s3://tideline/a");
        });
    }

    private static LocalFiles local(Map<String, String> settings) {
        StorageProperties properties = properties(settings);
        return StorageChoice.local(properties, StorageChoice.open(properties), InstantSource.system());
    }

    private static StorageProperties properties(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        settings.forEach((key, value) -> all.put("tideline.storage." + key, value));
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("tideline.storage", StorageProperties.class);
    }
}
