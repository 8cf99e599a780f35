package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageRootTest {

    @ParameterizedTest
    @CsvSource({
        "s3://tideline, tideline, ''", "s3://tideline/, tideline, ''", "s3://tideline/a, tideline, a/",
        "s3://my.bucket-1/a/b/, my.bucket-1, a/b/"})
    void readsABucketWithItsPrefix(String text, String bucket, String prefix) {
        assertThat(StorageRoot.parse(text)).isEqualTo(new StorageRoot.Bucket(bucket, prefix));
    }

    @Test
    void makesAFolderAbsolute() {
        assertThat(StorageRoot.parse("data/x/../storage"))
                .isEqualTo(new StorageRoot.Folder(Path.of("").toAbsolutePath().resolve("data/storage")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3:///a", "s3://UPPER/a", "s3://ab", "http://host/bucket", "s3://bucket_with_underscore"})
    void refusesWhatIsNoBucket(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StorageRoot.parse(text))
                .withMessageStartingWith(text + " (expected: a folder, or s3://bucket/prefix with a bucket of 3 to 63 small letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/a//b", "s3://bucket/../b"})
    void refusesAPrefixThatLeadsElsewhere(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StorageRoot.parse(text)).withMessageStartingWith(text + " (expected: s3://bucket/prefix");
    }

    @Test
    void refusesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> StorageRoot.parse(" "))
                .withMessage("  (expected: a folder, or s3://bucket/prefix)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://tideline/a/b", "s3://tideline", "/srv/tideline"})
    void readsWhatItPrints(String text) {
        assertThat(StorageRoot.parse(text)).hasToString(text);
    }

    @Test
    void neverPrintsASecret() {
        assertThat(new S3Settings(URI.create("http://host"), null, true, "key", "hunter2", 1, Duration.ZERO, Duration.ZERO, 0).toString())
                .contains("accessKey=key").doesNotContain("hunter2");
    }
}
