package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads rows with a fixed list of features in place, if their bytes are exactly those that {@link Example#encode()} would write:
 * entries in the order of names, each once, packed numbers, shortest lengths. Then nothing has to be decoded into objects or encoded
 * again. Reused from row to row; not thread-safe.
 */
public final class CanonicalRow {

    /** What a row has of a feature. */
    public enum Values { ABSENT, BYTES, FLOATS, LONGS }

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    /** Features in the order of their names. */
    private final int[] order;
    private final Values[] values;
    private final int[] sizes;
    private final int[] from;
    private final RowLayout layout;
    private final EntryReader entries;
    private byte[] in = NOTHING;
    private int at;
    private int next;

    /** @param names features by index, without repetition */
    public CanonicalRow(List<String> names) {
        int count = names.size();
        order = IntStream.range(0, count).boxed().sorted(Comparator.comparing(names::get)).mapToInt(i -> i).toArray();
        RowLayout.Row row = RowLayout.Row.of(count);
        values = row.values();
        sizes = row.sizes();
        from = row.from();
        layout = new RowLayout(order, row);
        entries = new EntryReader(names, row, layout);
    }

    /**
     * Takes a row; the bytes must not change while it is read.
     *
     * @return false when the bytes have another form, an empty list, or a feature that is not on the list; they may be valid all the same
     */
    public boolean read(byte[] bytes) {
        in = bytes;
        if (!entries.start(bytes)) {
            return false;
        }
        int start = entries.at();
        if (readByLayout(bytes.length)) {
            return true;
        }
        if (entries.broken()) {
            return false;
        }
        entries.moveTo(start);
        layout.leave();
        if (!readSingly(bytes.length)) {
            return false;
        }
        layout.learn(bytes);
        return true;
    }

    /** Runs of entries at one go, and what lies between them one by one. Not broken and yet false: the row has another layout. */
    private boolean readByLayout(int end) {
        for (RowLayout.Step step : layout.steps()) {
            switch (step) {
                case RowLayout.Together run -> {
                    int begin = entries.at();
                    if (!run.entries().matches(in, begin, end)) {
                        return false;
                    }
                    layout.place(run, begin);
                    entries.moveTo(begin + run.entries().length());
                }
                case RowLayout.Alone(int feature) -> {
                    if (entries.at() == end || !entries.read(feature, end)) {
                        values[feature] = Values.ABSENT;
                        if (entries.broken()) {
                            return false;
                        }
                    }
                }
            }
        }
        return entries.at() == end;
    }

    private boolean readSingly(int end) {
        int place = 0;
        while (entries.at() < end) {
            if (place == order.length) {
                return false;
            }
            int feature = order[place++];
            if (!entries.read(feature, end)) {
                if (entries.broken()) {
                    return false;
                }
                absent(feature);
            }
        }
        while (place < order.length) {
            absent(order[place++]);
        }
        return true;
    }

    private void absent(int feature) {
        values[feature] = Values.ABSENT;
        layout.varies(feature);
    }

    /**
     * A number that stays the same while rows come in one layout. Kinds and sizes of the features that are {@link #fixed} are then those
     * of the row before.
     */
    public int layout() {
        return layout.number();
    }

    /** Whether the feature has its kind and size in every row of this layout. */
    public boolean fixed(int feature) {
        return layout.fixed(feature);
    }

    public Values values(int feature) {
        return values[feature];
    }

    /** Number of the feature's values; meaningless when it is absent. */
    public int size(int feature) {
        return sizes[feature];
    }

    /** Goes to the feature's first value. */
    public void open(int feature) {
        at = from[feature];
        next = at;
    }

    /** The next of FLOATS. */
    public float nextFloat() {
        float value = Float.intBitsToFloat((int) INT.get(in, at));
        at += 4;
        return value;
    }

    /** The first of a feature's FLOATS, without going there. */
    public float floatAt(int feature) {
        return Float.intBitsToFloat((int) INT.get(in, from[feature]));
    }

    /** The next of LONGS. */
    public long nextLong() {
        long value = in[at++];
        if (value >= 0) {
            return value;
        }
        value &= 0x7f;
        for (int shift = 7; ; shift += 7) {
            byte b = in[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Goes to the next of BYTES and returns its length; it begins at {@link #position()} of {@link #bytes()}. */
    public int nextBytes() {
        at = next + 1;
        int length = (int) nextLong();
        next = at + length;
        return length;
    }

    public int position() {
        return at;
    }

    /** The row that was taken. */
    public byte[] bytes() {
        return in;
    }
}
