package dev.tideline.tfrecord;

import java.util.Arrays;

/**
 * What stands before the only value of a short text entry. Its four lengths follow from the last of them, so they are compared at their fixed
 * places instead of being followed one after the other.
 */
final class TextHead {

    /** Lengths below have one byte. */
    private static final int SHORT = 128;
    /** Bytes of the entry that are neither name nor value; tag and length of the value are the last two of them. */
    private static final int FRAME = 10;
    private static final int VALUE_HEADER = 2;

    private final int length;
    private final int longest;
    /** Everything but the lengths that depend on the value. */
    private final FixedRun same;

    /** @param name of the feature */
    TextHead(byte[] name) {
        byte[] head = of(name);
        length = head.length;
        longest = longest(name.length);
        byte[] mask = new byte[length];
        Arrays.fill(mask, (byte) 0xff);
        mask[1] = 0;
        mask[length - 5] = 0;
        mask[length - 3] = 0;
        mask[length - 1] = 0;
        same = new FixedRun(head, mask);
    }

    /** The head, with zeros for the lengths that depend on the value. */
    static byte[] of(byte[] name) {
        byte[] head = new byte[FRAME + name.length];
        head[0] = Wire.FIELD_1;
        head[2] = Wire.FIELD_1;
        head[3] = (byte) name.length;
        System.arraycopy(name, 0, head, 4, name.length);
        head[head.length - 6] = Wire.FIELD_2;
        head[head.length - 4] = Wire.FIELD_1;
        head[head.length - 2] = Wire.FIELD_1;
        return head;
    }

    /** Bytes of the longest value that has such a head behind a name of so many bytes; negative when none has. */
    static int longest(int name) {
        return SHORT - 1 - (FRAME + name - VALUE_HEADER);
    }

    /** Puts the lengths into a head of {@code length} bytes that begins at {@code at}. */
    static void putLengths(byte[] out, int at, int length, int value) {
        out[at + 1] = (byte) (value + length - VALUE_HEADER);
        out[at + length - 5] = (byte) (value + 4);
        out[at + length - 3] = (byte) (value + 2);
        out[at + length - 1] = (byte) value;
    }

    /** Where the value's own tag stands behind the entry's begin. */
    int valueAt() {
        return length - VALUE_HEADER;
    }

    /** Length of the entry that begins at {@code at}, if it is one of this form that ends before {@code end}; else -1. */
    int match(byte[] in, int at, int end) {
        if (!same.matches(in, at, end)) {
            return -1;
        }
        int head = at + length;
        int value = in[head - 1];
        boolean fits = value >= 0 && value <= longest && value <= end - head
                && in[at + 1] == value + length - VALUE_HEADER && in[head - 5] == value + 4 && in[head - 3] == value + 2;
        return fits ? length + value : -1;
    }
}
