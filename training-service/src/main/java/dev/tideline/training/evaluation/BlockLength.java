package dev.tideline.training.evaluation;

/**
 * How long blocks must be so that resampled data keeps the dependence of neighbours. For each length on a grid, the spread of the sums
 * of all blocks of that length estimates the long-run variance of the mean (Politis and Romano 1992; Künsch 1989); the length that
 * sees most of it is taken. Too short a block misses dependence; a long one costs little but precision, so this errs on the
 * careful side. A rule by significant autocorrelations (Politis and White 2004) was tried and left: with a few hundred right-or-wrong
 * answers no single correlation is significant, while runs of them still triple the variance.
 */
final class BlockLength {

    /** Fewer blocks than this cannot show how much they differ. */
    private static final int FEWEST_BLOCKS = 8;

    private BlockLength() {}

    /**
     * @param series in the order of time
     * @return at least 1, at most an eighth of the series' length
     */
    static int of(double[] series) {
        int n = series.length;
        double mean = 0;
        for (double value : series) {
            mean += value / n;
        }
        // Sums from the beginning, once around the circle.
        var sums = new double[2 * n + 1];
        for (int i = 0; i < 2 * n; i++) {
            sums[i + 1] = sums[i] + series[i % n] - mean;
        }
        int best = 1;
        double most = variance(sums, n, 1);
        for (int length = 2; length <= n / FEWEST_BLOCKS; length = Math.max(length + 1, length * 4 / 3)) {
            double variance = variance(sums, n, length);
            if (variance > most) {
                most = variance;
                best = length;
            }
        }
        return best;
    }

    /** Of the mean, times n, as all circular blocks of a length show it. */
    private static double variance(double[] sums, int n, int length) {
        double squares = 0;
        for (int start = 0; start < n; start++) {
            double sum = sums[start + length] - sums[start];
            squares += sum * sum;
        }
        // The blocks of a finite series differ less from its own mean than from the true one.
        return squares / n / length / (1 - (double) length / n);
    }
}
