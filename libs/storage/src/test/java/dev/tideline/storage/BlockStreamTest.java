package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What holds of a stream with a length, however few bytes its source gives at a time. */
class BlockStreamTest {

    @Test
    void endsAfterItsLengthAlthoughTheSourceGoesOn() throws IOException {
        try (InputStream in = new Trickle(1_000, 10)) {
            assertThat(in.readAllBytes()).hasSize(10);
            assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
        }
    }

    @Test
    void readsSingleBytesAsNumbersFromZeroTo255() throws IOException {
        try (InputStream in = new Trickle(256, BlockStream.TO_THE_END)) {
            for (int i = 0; i < 256; i++) {
                assertThat(in.read()).isEqualTo(i);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void readsNothingIntoNoRoomAtAnyTime() throws IOException {
        try (InputStream in = new Trickle(5, 5)) {
            assertThat(in.read(new byte[0], 0, 0)).isZero();
            in.readAllBytes();
            assertThat(in.read(new byte[0], 0, 0)).isZero();
        }
    }

    @Test
    void failsEachTimeThatItIsAskedForBytesThatAreMissing() throws IOException {
        try (InputStream in = new Trickle(3, 5)) {
            assertThat(in.readNBytes(3)).hasSize(3);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(EOFException.class).isThrownBy(in::read)
                        .withMessage("trickle: ends 2 bytes too early (expected: a file as long as when it was published)");
            }
        }
    }

    @Test
    void countsSkippedBytesAsRead() throws IOException {
        try (InputStream in = new Trickle(100, 10)) {
            assertThat(in.skip(-1)).isZero();
            in.skipNBytes(7);
            assertThat(in.readAllBytes()).containsExactly(7, 8, 9);
            assertThat(in.skip(1)).isZero();
        }
    }

    /** Gives one to three bytes at a time: 0, 1, 2 and so on. */
    private static final class Trickle extends BlockStream {

        private final int total;
        private int at;

        Trickle(int total, long bytes) {
            super("trickle", bytes);
            this.total = total;
        }

        @Override
        int block(byte[] target, int offset, int length) {
            int got = Math.min(Math.min(length, 1 + at % 3), total - at);
            for (int i = 0; i < got; i++) {
                target[offset + i] = (byte) at++;
            }
            return got == 0 ? -1 : got;
        }

        @Override
        long pass(long bytes) {
            long passed = Math.min(Math.min(bytes, 2), total - at);
            at += (int) passed;
            return passed;
        }
    }
}
