package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;

/**
 * Holds the single floats of some rows, side by side as they come, and hands them to their columns together: one column after the other is
 * written to, where a row at a time touches as many places in memory as there are columns.
 */
final class FloatTile {

    static final FloatTile NONE = new FloatTile(new int[0], new FloatColumn[0]);

    private static final int MOST_ROWS = 64;
    private static final int MOST_VALUES = 1 << 13;

    private final int[] features;
    private final FloatColumn[] columns;
    private final float[] values;
    private int filled;

    /** @param features of which each row has one float, a column each */
    FloatTile(int[] features, FloatColumn[] columns) {
        this.features = features;
        this.columns = columns;
        this.values = new float[features.length * Math.clamp(MOST_VALUES / Math.max(1, features.length), 1, MOST_ROWS)];
    }

    void add(CanonicalRow row) {
        if (filled == values.length) {
            drain();
        }
        int at = filled;
        for (int feature : features) {
            values[at++] = row.floatAt(feature);
        }
        filled = at;
    }

    /** Gives the columns what is still here. */
    void drain() {
        for (int i = 0; i < columns.length; i++) {
            columns[i].add(values, i, filled, columns.length);
        }
        filled = 0;
    }
}
