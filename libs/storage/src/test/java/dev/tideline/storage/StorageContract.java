package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage promises. */
abstract class StorageContract {

    private static final String KEY = "datasets/a/shards/a-0-0-9.tfrecord";

    Storage storage;

    abstract Storage open() throws IOException;

    @BeforeEach
    void openStorage() throws IOException {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void answersAProbe() throws IOException {
        storage.write("x", new byte[1]);

        storage.probe();

        assertThat(storage.location()).isNotBlank();
    }

    @Test
    void showsADraftOnlyOnceItIsPublished() throws IOException {
        Path draft = draft("records");
        assertThat(keys("datasets/")).isEmpty();
        assertThat(storage.find(KEY)).isEmpty();

        publish(draft, KEY);

        assertThat(draft).doesNotExist();
        assertThat(text(KEY)).isEqualTo("records");
        assertThat(keys("datasets/")).containsExactly(KEY);
    }

    @Test
    void publishesAgainWithoutHarm() throws IOException {
        Path draft = draft("records");
        String sha256 = Digests.sha256(draft);
        storage.publish(draft, KEY, sha256);

        storage.publish(draft, KEY, sha256);

        assertThat(text(KEY)).isEqualTo("records");
    }

    @Test
    void namesADraftThatIsNotThere() throws IOException {
        Path draft = storage.draft(KEY);

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.publish(draft, KEY, Digests.sha256(new byte[0])))
                .withMessageContaining(draft.toString());
    }

    @Test
    void handsOutEmptyDraftsUnderTheSameName() throws IOException {
        Files.writeString(storage.draft(KEY), "of an earlier try");

        assertThat(storage.draft(KEY)).doesNotExist();
    }

    @Test
    void publishesAnEmptyFile() throws IOException {
        publish(draft(""), KEY);

        assertThat(storage.read(KEY)).isEmpty();
        assertThat(storage.find(KEY)).hasValueSatisfying(file -> assertThat(file.bytes()).isZero());
    }

    @Test
    void replacesASmallFile() throws IOException {
        storage.write("a/manifest.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        storage.write("a/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(text("a/manifest.json")).isEqualTo("{}");
        assertThat(keys("a/")).containsExactly("a/manifest.json");
    }

    @Test
    void tellsSizeAndAge() throws IOException {
        Instant before = Instant.now().minusSeconds(2);
        publish(draft("12345"), KEY);

        assertThat(storage.find(KEY)).hasValueSatisfying(file -> {
            assertThat(file.key()).isEqualTo(KEY);
            assertThat(file.bytes()).isEqualTo(5);
            assertThat(file.modified()).isBetween(before, Instant.now().plusSeconds(2));
        });
    }

    @Test
    void readsFromAByteOn() throws IOException {
        byte[] content = bytes(1_000_000);
        publish(draft(content), KEY);

        try (InputStream in = storage.open(KEY, 900_000)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 900_000, 1_000_000));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,2000000", "1999999,1", "700000,600000", "5,0"})
    void readsAPartAndNothingBehindIt(int from, int length) throws IOException {
        byte[] content = bytes(2_000_000);
        publish(draft(content), KEY);

        try (InputStream in = storage.open(KEY, from, length)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, from, from + length));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 400_000})
    void skipsNoFurtherThanThePartReaches(long bytes) throws IOException {
        byte[] content = bytes(1_000_000);
        publish(draft(content), KEY);

        try (InputStream in = storage.open(KEY, 1_000, bytes + 3)) {
            assertThat(in.skip(bytes)).isEqualTo(bytes);
            assertThat(in.read()).isEqualTo(content[1_000 + (int) bytes] & 0xff);
            assertThat(in.skip(bytes)).isEqualTo(2);
            assertThat(in.skip(1)).isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 5, 9})
    void failsWhereAFileIsShorterThanThePart(long from) throws IOException {
        publish(draft("12345"), KEY);

        try (InputStream in = storage.open(KEY, from, 6)) {
            long missing = 6 - Math.max(0, 5 - from);
            assertThatExceptionOfType(EOFException.class).isThrownBy(in::readAllBytes).withMessageContaining(KEY)
                    .withMessageEndingWith(": ends " + missing + " bytes too early (expected: a file as long as when it was published)");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 300_000, 999_980})
    void skipsBeforeAndWhileItReads(long bytes) throws IOException {
        byte[] content = bytes(2_000_000);
        publish(draft(content), KEY);

        try (InputStream in = storage.open(KEY, 0)) {
            in.skipNBytes(bytes);
            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOfRange(content, (int) bytes, (int) bytes + 10));
            in.skipNBytes(bytes);
            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOfRange(content, 2 * (int) bytes + 10, 2 * (int) bytes + 20));
        }
    }

    @Test
    void endsAtTheEnd() throws IOException {
        publish(draft("12345"), KEY);

        try (InputStream in = storage.open(KEY, 4)) {
            assertThat(in.read()).isEqualTo('5');
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void isAtItsEndWhenItStartsThere() throws IOException {
        publish(draft("12345"), KEY);

        try (InputStream in = storage.open(KEY, 5)) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.read(KEY)).withMessageContaining(KEY);
    }

    @Test
    void forgetsADeletedFile() throws IOException {
        publish(draft("records"), KEY);

        storage.delete(KEY);
        storage.delete(KEY);

        assertThat(storage.find(KEY)).isEmpty();
        assertThat(keys("datasets/")).isEmpty();
    }

    @Test
    void listsAFolderAtAnyDepthAndNothingBesideIt() throws IOException {
        for (String key : List.of("datasets/a/x", "datasets/a/deep/er/y", "datasets/ab/z", "models/m")) {
            storage.write(key, new byte[] {1});
        }

        assertThat(keys("datasets/a/")).containsExactlyInAnyOrder("datasets/a/x", "datasets/a/deep/er/y");
        assertThat(keys("nothing/here/")).isEmpty();
    }

    @Test
    void listsMoreFilesThanFitIntoOneAnswer() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            storage.write("many/" + i, new byte[0]);
        }

        assertThat(keys("many/")).hasSize(1_100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.", "a\\b"})
    void refusesKeysThatLeadElsewhere(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> storage.write(key, new byte[0]))
                .withMessage("key: " + key + " (expected: names joined by '/', none of them empty, . or ..)");
    }

    @Test
    void refusesAFolderWithoutItsSlash() {
        assertThatIllegalArgumentException().isThrownBy(() -> keys("datasets"))
                .withMessage("folder: datasets (expected: a '/' at its end)");
    }

    @Test
    void leavesTheDraftsOfALivingProcessAlone() throws IOException {
        Path draft = draft("records");

        storage.removeUnfinished("datasets/", Instant.now().minus(Duration.ofMinutes(5)));

        assertThat(draft).exists();
        publish(draft, KEY);
    }

    final Path draft(String content) throws IOException {
        return draft(content.getBytes(StandardCharsets.UTF_8));
    }

    final Path draft(byte[] content) throws IOException {
        return Files.write(storage.draft(KEY), content);
    }

    final void publish(Path draft, String key) throws IOException {
        storage.publish(draft, key, Digests.sha256(draft));
    }

    final List<String> keys(String folder) throws IOException {
        List<String> keys = new ArrayList<>();
        storage.list(folder, file -> keys.add(file.key()));
        return keys;
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(7).nextBytes(bytes);
        return bytes;
    }

    private String text(String key) throws IOException {
        return new String(storage.read(key), StandardCharsets.UTF_8);
    }
}
