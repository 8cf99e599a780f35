package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.inference.servable.ServableId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row that was predicted.
 *
 * @param id      of the prediction
 * @param time    when the request came, in milliseconds since 1970
 * @param headers as in {@link RecordHeaders}
 * @param example encoded {@code tf.train.Example}
 */
record LogRecord(String id, long time, Map<String, String> headers, byte[] example) {

    ServableId servable() {
        return new ServableId(headers.getOrDefault(RecordHeaders.MODEL, ""),
                Long.parseLong(headers.getOrDefault(RecordHeaders.MODEL_VERSION, "0")));
    }

    /** The form in which a record waits on disk. */
    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(example.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(id);
            out.writeLong(time);
            out.writeShort(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            out.write(example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when the bytes are not what {@link #encode()} writes */
    static LogRecord decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String id = in.readUTF();
        long time = in.readLong();
        Map<String, String> headers = new LinkedHashMap<>();
        int n = in.readShort();
        if (n < 0) {
            throw new EOFException("headers: " + n + " (expected: 0 or more)");
        }
        for (int i = 0; i < n; i++) {
            headers.put(in.readUTF(), in.readUTF());
        }
        return new LogRecord(id, time, headers, in.readAllBytes());
    }
}
