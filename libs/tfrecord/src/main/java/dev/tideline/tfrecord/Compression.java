package dev.tideline.tfrecord;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** The compressions that TensorFlow's {@code TFRecordDataset} understands; they cover the file as a whole. */
public enum Compression {
    NONE(""), GZIP("GZIP"), ZLIB("ZLIB");

    private static final int BUFFER = 1 << 16;

    private final String tensorFlowName;

    Compression(String tensorFlowName) {
        this.tensorFlowName = tensorFlowName;
    }

    /** The value of TensorFlow's {@code compression_type}. */
    public String tensorFlowName() {
        return tensorFlowName;
    }

    OutputStream over(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER, true);
            case ZLIB -> new DeflaterOutputStream(out, true);
        };
    }

    InputStream over(InputStream in) throws IOException {
        return new BufferedInputStream(switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZLIB -> new InflaterInputStream(in);
        }, BUFFER);
    }
}
