package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MaskedCrcTest {

    @Test
    void masksTheChecksumOfRfc3720sThirtyTwoZeros() {
        // RFC 3720, B.4: CRC-32C of 32 zero bytes is 8a9136aa.
        assertThat(new MaskedCrc().of(new byte[32], 0, 32))
                .isEqualTo(Integer.rotateRight(0x8a9136aa, 15) + 0xa282ead8);
    }

    @Test
    void startsAnewForEachValue() {
        MaskedCrc crc = new MaskedCrc();
        byte[] bytes = "tideline".getBytes(StandardCharsets.UTF_8);

        assertThat(crc.of(bytes, 0, 8)).isEqualTo(crc.of(bytes, 0, 8)).isNotEqualTo(crc.of(bytes, 0, 4));
    }
}
