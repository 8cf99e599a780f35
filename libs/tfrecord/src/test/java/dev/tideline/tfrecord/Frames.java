package dev.tideline.tfrecord;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TFRecord frames, made by hand. */
final class Frames {

    private Frames() {}

    /** A length with a good checksum. */
    static byte[] header(long length) {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return header.putInt(new MaskedCrc().of(header.array(), 0, 8)).array();
    }

    static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(payload.length + TfRecordWriter.OVERHEAD).order(ByteOrder.LITTLE_ENDIAN)
                .put(header(payload.length)).put(payload).putInt(new MaskedCrc().of(payload, 0, payload.length)).array();
    }

    static byte[] file(Compression compression, byte[]... payloads) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.over(bytes)) {
            for (byte[] payload : payloads) {
                out.write(frame(payload));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
