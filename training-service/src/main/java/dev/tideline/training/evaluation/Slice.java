package dev.tideline.training.evaluation;

import java.util.Arrays;

/**
 * Examples that have something in common.
 *
 * @param feature that they share a value or a range of
 * @param name    such as {@code station=A} or {@code hour=[7.0,12.0)}
 * @param rows    ascending
 */
public record Slice(String feature, String name, int... rows) {

    public Slice {
        rows = rows.clone();
    }

    @Override
    public int[] rows() {
        return rows.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice slice && feature.equals(slice.feature) && name.equals(slice.name)
            && Arrays.equals(rows, slice.rows);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
