package dev.tideline.tfrecord;

import java.util.zip.CRC32C;

/** CRC-32C as TFRecord stores it: rotated right by 15 bits, plus a constant (tensorflow/core/lib/hash/crc32c.h). */
final class MaskedCrc {

    private static final int DELTA = 0xa282ead8;

    private final CRC32C crc = new CRC32C();

    int of(byte[] bytes, int offset, int length) {
        crc.reset();
        crc.update(bytes, offset, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
    }
}
