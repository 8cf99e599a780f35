package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {

    /** As xxhsum -H2 prints them. */
    @ParameterizedTest
    @CsvSource({"'', 99aa06d3014798d86001c324468d497f", "abc, 06b05ab6733a618578af5f94892f3950"})
    void isWhatOtherProgramsCallXxh128(String bytes, String expected) {
        assertThat(fast(bytes.getBytes(StandardCharsets.UTF_8))).isEqualTo("xxh128:" + expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 240, 241, 65_536})
    void isTheSameInPartsAndAtOnce(int part) {
        byte[] bytes = new byte[200_000];
        new SplittableRandom(3).nextBytes(bytes);
        MessageDigest digest = Checksums.fast();
        for (int from = 0; from < bytes.length; from += part) {
            digest.update(bytes, from, Math.min(part, bytes.length - from));
        }

        assertThat(Checksums.text(digest)).isEqualTo(fast(bytes));
    }

    @Test
    void startsAnewAfterItWasAsked() {
        MessageDigest digest = Checksums.fast();
        digest.update((byte) 7);
        String first = Checksums.text(digest);
        digest.update((byte) 7);

        assertThat(Checksums.text(digest)).isEqualTo(first);
    }

    @Test
    void writesSha256WithoutANameInFront() {
        assertThat(Checksums.text(Digests.sha256())).isEqualTo(Digests.sha256(new byte[0]));
    }

    @Test
    void givesTheSha256OfBytesThatHaveTheirChecksum() throws IOException {
        byte[] bytes = {1, 2, 3};

        assertThat(Checksums.sha256(new ByteArrayInputStream(bytes), "a", fast(bytes))).isEqualTo(Digests.sha256(bytes));
        assertThat(Checksums.sha256(new ByteArrayInputStream(bytes), "a", Digests.sha256(bytes))).isEqualTo(Digests.sha256(bytes));
    }

    @Test
    void refusesBytesThatHaveAnother() {
        byte[] bytes = {1, 2, 3};
        for (String other : new String[] {fast(new byte[1]), Digests.sha256(new byte[1])}) {
            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(() -> Checksums.sha256(new ByteArrayInputStream(bytes), "a", other))
                    .withMessageStartingWith("a: checksum ").withMessageEndingWith("(expected: " + other + ")");
        }
    }

    private static String fast(byte[] bytes) {
        MessageDigest digest = Checksums.fast();
        digest.update(bytes);
        return Checksums.text(digest);
    }
}
