package dev.tideline.monitoring.drift;

/** Distances between the two samples of {@link Cells}. */
final class Divergence {

    /** Added to every cell so that an empty one stays finite (Jeffreys prior). */
    private static final double PRIOR = 0.5;

    private Divergence() {}

    /**
     * Population stability index less its expectation under no drift, {@code (B - 1)(1/n + 1/m)}: the same shift gives the same
     * number at any window size. Slightly negative values are noise around zero.
     */
    static double debiasedPsi(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        int size = cells.size();
        if (n == 0 || m == 0 || size < 2) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double p = (cells.window()[i] + PRIOR) / (n + PRIOR * size);
            double q = (cells.baseline()[i] + PRIOR) / (m + PRIOR * size);
            sum += (p - q) * Math.log(p / q);
        }
        return sum - (size - 1) * (1 / n + 1 / m);
    }

    /** Jensen-Shannon distance with base 2 logarithms: the root of the divergence, from 0 to 1. Not debiased; for display. */
    static double jensenShannon(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        if (n == 0 || m == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < cells.size(); i++) {
            double p = cells.window()[i] / n;
            double q = cells.baseline()[i] / m;
            double middle = (p + q) / 2;
            sum += part(p, middle) + part(q, middle);
        }
        return Math.sqrt(Math.max(0, sum / 2));
    }

    /** Hellinger distance, from 0 to 1. Not debiased; for display. */
    static double hellinger(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        double overlap = 0;
        for (int i = 0; n > 0 && m > 0 && i < cells.size(); i++) {
            overlap += Math.sqrt(cells.window()[i] / n * (cells.baseline()[i] / m));
        }
        return n == 0 || m == 0 ? 0 : Math.sqrt(Math.max(0, 1 - overlap));
    }

    /** Two-sample chi-square test of homogeneity: the p-value of "both samples come from one distribution". */
    static double homogeneity(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        if (n == 0 || m == 0) {
            return 1;
        }
        double statistic = 0;
        for (int i = 0; i < cells.size(); i++) {
            double pooled = (cells.window()[i] + cells.baseline()[i]) / (n + m);
            if (pooled > 0) {
                statistic += square(cells.window()[i] - n * pooled) / (n * pooled)
                        + square(cells.baseline()[i] - m * pooled) / (m * pooled);
            }
        }
        return ChiSquare.upperTail(statistic, cells.size() - 1);
    }

    /** Largest change of a cell's share (L-infinity distance), from 0 to 1. */
    static double largestChange(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        double largest = 0;
        for (int i = 0; n > 0 && m > 0 && i < cells.size(); i++) {
            largest = Math.max(largest, Math.abs(cells.window()[i] / n - cells.baseline()[i] / m));
        }
        return largest;
    }

    private static double part(double share, double middle) {
        return share == 0 ? 0 : share * Math.log(share / middle) / Math.log(2);
    }

    private static double square(double value) {
        return value * value;
    }
}
