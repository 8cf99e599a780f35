package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {

    /** FIPS 180-2, appendix B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void givesTheDigestOfTheStandardsExample(@TempDir Path folder) throws IOException {
        assertThat(Digests.sha256(new byte[] {'a', 'b', 'c'})).isEqualTo(OF_ABC);
        assertThat(Digests.sha256(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(OF_ABC);
        assertThat(Digests.sha256(Files.createFile(folder.resolve("empty"))))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void writesADigestAsHeadersCarryIt() {
        assertThat(Base64.getDecoder().decode(Digests.base64(OF_ABC))).isEqualTo(HexFormat.of().parseHex(OF_ABC));
    }
}
