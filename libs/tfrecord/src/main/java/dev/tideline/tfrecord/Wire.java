package dev.tideline.tfrecord;

/** Sizes and tags of the protobuf wire format (https://protobuf.dev/programming-guides/encoding). */
final class Wire {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int FIXED32 = 5;

    /** Tags of length-delimited fields 1 to 3; in a Feature these are bytes_list, float_list and int64_list. */
    static final byte FIELD_1 = 0x0a;
    static final byte FIELD_2 = 0x12;
    static final byte FIELD_3 = 0x1a;

    private Wire() {}

    static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    static int varintSize(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Size of a length-delimited field with a one-byte tag. */
    static int delimited(int length) {
        return 1 + varintSize(length) + length;
    }

    static int packedSize(long[] values) {
        int size = 0;
        for (long value : values) {
            size += varintSize(value);
        }
        return size;
    }

    /** Writes {@code value} and returns the index behind it. */
    static int putVarint(byte[] out, int at, long value) {
        while ((value & ~0x7fL) != 0) {
            out[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        out[at++] = (byte) value;
        return at;
    }

    /** Writes a tag and a length and returns the index behind them. */
    static int putHeader(byte[] out, int at, byte tag, int length) {
        out[at++] = tag;
        return putVarint(out, at, length);
    }
}
