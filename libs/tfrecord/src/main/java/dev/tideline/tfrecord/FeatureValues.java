package dev.tideline.tfrecord;

import java.util.Arrays;

/**
 * The values of one feature while its bytes are read. A list may come in any number of parts: they are put together, as protobuf
 * does, and another kind of list replaces what was there. Room doubles, so that many small parts cost no more than one.
 */
final class FeatureValues {

    private static final float[] NO_FLOATS = {};
    private static final long[] NO_LONGS = {};
    private static final byte[][] NO_BYTES = {};

    private byte list = Wire.FIELD_1;
    private int count;
    private float[] floats = NO_FLOATS;
    private long[] longs = NO_LONGS;
    private byte[][] bytes = NO_BYTES;

    /** Values that follow belong to {@code newList}, one of the tags of a feature's lists. */
    void start(byte newList) {
        if (list != newList) {
            list = newList;
            count = 0;
        }
    }

    /** Makes room for {@code more} values; the first part of a list gets exactly that. */
    void reserve(int more) {
        int needed = count + more;
        int grown = count == 0 ? needed : Math.max(needed, 2 * count);
        switch (list) {
            case Wire.FIELD_1 -> bytes = needed > bytes.length ? Arrays.copyOf(bytes, grown) : bytes;
            case Wire.FIELD_2 -> floats = needed > floats.length ? Arrays.copyOf(floats, grown) : floats;
            default -> longs = needed > longs.length ? Arrays.copyOf(longs, grown) : longs;
        }
    }

    /** Room must have been reserved, as for the other two. */
    void add(float value) {
        floats[count++] = value;
    }

    void add(long value) {
        longs[count++] = value;
    }

    void add(byte[] value) {
        bytes[count++] = value;
    }

    Feature feature() {
        return switch (list) {
            case Wire.FIELD_1 -> new Feature.Bytes(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
            case Wire.FIELD_2 -> new Feature.Floats(count == floats.length ? floats : Arrays.copyOf(floats, count));
            default -> new Feature.Longs(count == longs.length ? longs : Arrays.copyOf(longs, count));
        };
    }
}
