package dev.tideline.features;

/** How many numbers a column collects before it summarises them. */
final class NumberBlock {

    /** Room that a column begins with. */
    static final int LEAST = 64;

    private static final int MOST = 4096;
    /** Values that all columns together may hold. */
    private static final int ALL = 1 << 18;

    private NumberBlock() {}

    /** Values of a full block in each of so many columns. */
    static int size(int columns) {
        return Math.clamp(Integer.highestOneBit(ALL / Math.max(1, columns)), LEAST, MOST);
    }
}
