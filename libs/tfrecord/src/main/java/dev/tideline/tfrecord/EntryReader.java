package dev.tideline.tfrecord;

import dev.tideline.tfrecord.CanonicalRow.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the entries of a row one by one and puts down in the row what they hold. */
final class EntryReader {

    private static final int MAX_VARINT = 10;
    private static final byte[] NOTHING = {};

    private final byte[][] names;
    private final Values[] values;
    private final int[] sizes;
    private final int[] from;
    /** Everything of a feature's last entry before its packed numbers, lengths included: equal bytes, equal structure. */
    private final byte[][] heads;
    private final Values[] headValues;
    private final TextHead[] textHeads;
    /** Whether the feature was one text last. */
    private final boolean[] text;
    /** Bytes of the numbers behind the head. */
    private final int[] payloads;
    private final RowLayout layout;
    private byte[] in = NOTHING;
    private int at;
    private boolean broken;

    EntryReader(List<String> names, RowLayout.Row row, RowLayout layout) {
        this.names = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        this.layout = layout;
        textHeads = Arrays.stream(this.names).map(TextHead::new).toArray(TextHead[]::new);
        text = new boolean[this.names.length];
        values = row.values();
        sizes = row.sizes();
        from = row.from();
        heads = row.heads();
        payloads = row.payloads();
        headValues = new Values[this.names.length];
    }

    /** Goes to the first entry; false when the bytes are not those of a list of entries. */
    boolean start(byte[] bytes) {
        in = bytes;
        at = 0;
        broken = false;
        return open(bytes.length, Wire.FIELD_1) == bytes.length;
    }

    int at() {
        return at;
    }

    void moveTo(int newAt) {
        at = newAt;
    }

    /** Whether an entry was met that no row in canonical form has. */
    boolean broken() {
        return broken;
    }

    /** Reads the feature's entry if it is what stands here; false when it is another feature's, or broken. */
    boolean read(int feature, int end) {
        return (text[feature] ? oneText(feature, end) : sameHead(feature, end)) || entry(feature, end);
    }

    private boolean oneText(int feature, int end) {
        int length = textHeads[feature].match(in, at, end);
        if (length < 0) {
            return false;
        }
        values[feature] = Values.BYTES;
        sizes[feature] = 1;
        from[feature] = at + textHeads[feature].valueAt();
        at += length;
        return true;
    }

    /** Rows of one writer differ in their numbers only; then the entry's structure need not be read again. */
    private boolean sameHead(int feature, int end) {
        byte[] head = heads[feature];
        int start = at + head.length;
        int stop = start + payloads[feature];
        if (head.length == 0 || stop > end || !Arrays.equals(head, 0, head.length, in, at, start)
                || headValues[feature] == Values.LONGS && !longsFit(feature, start, stop)) {
            return false;
        }
        values[feature] = headValues[feature];
        if (headValues[feature] == Values.FLOATS) {
            sizes[feature] = payloads[feature] / 4;
        }
        from[feature] = start;
        at = stop;
        return true;
    }

    /** Reads the entry that begins here; false when it is another feature's, or broken. */
    private boolean entry(int feature, int end) {
        int start = at;
        int entryEnd = open(end, Wire.FIELD_1);
        int nameEnd = entryEnd < 0 ? -1 : open(entryEnd, Wire.FIELD_1);
        if (nameEnd < 0) {
            return stop();
        }
        if (!Arrays.equals(names[feature], 0, names[feature].length, in, at, nameEnd)) {
            at = start;
            return false;
        }
        at = nameEnd;
        if (open(entryEnd, Wire.FIELD_2) != entryEnd || at == entryEnd) {
            return stop();
        }
        byte kind = in[at];
        if (open(entryEnd, kind) != entryEnd || at == entryEnd) {
            return stop();
        }
        boolean fits = switch (kind) {
            case Wire.FIELD_1 -> strings(feature, entryEnd);
            case Wire.FIELD_2 -> floats(feature, start, entryEnd);
            case Wire.FIELD_3 -> longs(feature, start, entryEnd);
            default -> false;
        };
        at = entryEnd;
        return fits || stop();
    }

    private boolean stop() {
        broken = true;
        return false;
    }

    private boolean strings(int feature, int end) {
        values[feature] = Values.BYTES;
        layout.varies(feature);
        from[feature] = at;
        // The head says nothing about the strings' lengths.
        heads[feature] = NOTHING;
        int count = 0;
        while (at < end) {
            int stop = open(end, Wire.FIELD_1);
            if (stop < 0) {
                return false;
            }
            at = stop;
            count++;
        }
        sizes[feature] = count;
        text[feature] = count == 1;
        return true;
    }

    private boolean floats(int feature, int start, int end) {
        if (open(end, Wire.FIELD_1) != end || at == end || (end - at) % 4 != 0) {
            return false;
        }
        sizes[feature] = (end - at) / 4;
        return packed(feature, Values.FLOATS, start, end);
    }

    private boolean longs(int feature, int start, int end) {
        return open(end, Wire.FIELD_1) == end && at < end && longsFit(feature, at, end) && packed(feature, Values.LONGS, start, end);
    }

    private boolean packed(int feature, Values found, int start, int end) {
        values[feature] = found;
        from[feature] = at;
        headValues[feature] = found;
        text[feature] = false;
        payloads[feature] = end - at;
        layout.varies(feature);
        if (heads[feature].length != at - start) {
            heads[feature] = new byte[at - start];
        }
        System.arraycopy(in, start, heads[feature], 0, at - start);
        return true;
    }

    /** Whether the range holds whole numbers of the shortest form; counts them. */
    private boolean longsFit(int feature, int start, int end) {
        int count = 0;
        int run = 0;
        for (int i = start; i < end; i++) {
            run++;
            if (in[i] >= 0) {
                if (run > 1 && in[i] == 0 || run == MAX_VARINT && in[i] != 1) {
                    return false;
                }
                count++;
                run = 0;
            } else if (run == MAX_VARINT) {
                return false;
            }
        }
        sizes[feature] = count;
        return run == 0;
    }

    /** Reads a tag and a length and returns where the field ends; -1 when that is not what stands here. */
    private int open(int end, byte tag) {
        if (at >= end || in[at] != tag) {
            return -1;
        }
        at++;
        int length = length(end);
        return length < 0 || length > end - at ? -1 : at + length;
    }

    /** A length of up to four bytes in its shortest form, or -1. */
    private int length(int end) {
        int value = 0;
        for (int shift = 0; shift < 28 && at < end; shift += 7) {
            byte b = in[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return b == 0 && shift > 0 ? -1 : value;
            }
        }
        return -1;
    }
}
