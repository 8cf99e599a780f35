package dev.tideline.monitoring.drift;

import java.util.Arrays;

/**
 * Counts of a baseline and of a window over the same cells. Cells too rare for a chi-square test are merged before any figure is
 * computed, so that all figures of a verdict speak of the same cells.
 *
 * @param baseline count per cell in the training data
 * @param window   count per cell in the window
 */
record Cells(long[] baseline, long[] window) {

    private static final double MIN_EXPECTED = 5;

    Cells {
        if (baseline.length != window.length) {
            throw new IllegalArgumentException(
                    "cells: " + window.length + " (expected: " + baseline.length + " as in the baseline)");
        }
    }

    int size() {
        return window.length;
    }

    long baselineRows() {
        return Arrays.stream(baseline).sum();
    }

    long windowRows() {
        return Arrays.stream(window).sum();
    }

    /**
     * These cells with every cell whose expected count in either sample is below five put into one. If the collected rest is still
     * that rare it joins the smallest other cell.
     */
    Cells mergeRare() {
        long n = windowRows();
        long m = baselineRows();
        double smallerShare = Math.min(n, m) / (double) Math.max(1, n + m);
        int kept = 0;
        long[] base = new long[size() + 1];
        long[] win = new long[size() + 1];
        long restBase = 0;
        long restWin = 0;
        for (int i = 0; i < size(); i++) {
            if ((baseline[i] + window[i]) * smallerShare >= MIN_EXPECTED) {
                base[kept] = baseline[i];
                win[kept++] = window[i];
            } else {
                restBase += baseline[i];
                restWin += window[i];
            }
        }
        if (restBase + restWin > 0) {
            int target = kept;
            if ((restBase + restWin) * smallerShare < MIN_EXPECTED && kept > 0) {
                target = smallest(base, win, kept);
            } else {
                kept++;
            }
            base[target] += restBase;
            win[target] += restWin;
        }
        return new Cells(Arrays.copyOf(base, kept), Arrays.copyOf(win, kept));
    }

    private static int smallest(long[] base, long[] win, int length) {
        int best = 0;
        for (int i = 1; i < length; i++) {
            if (base[i] + win[i] < base[best] + win[best]) {
                best = i;
            }
        }
        return best;
    }
}
