package dev.tideline.monitoring.drift;

/** Tail probabilities of counts. */
final class Tails {

    private Tails() {}

    /** Probability of at least {@code count} events when {@code expected} are expected (Poisson). */
    static double atLeast(long count, double expected) {
        return count <= 0 ? 1 : 1 - ChiSquare.upperTail(2 * expected, Math.toIntExact(Math.min(2 * count, Integer.MAX_VALUE)));
    }

    /** Two-sided p-value of "both shares are one": {@code a} of {@code n} against {@code b} of {@code m}. */
    static double sameShare(long a, long n, long b, long m) {
        double pooled = (double) (a + b) / (n + m);
        double variance = pooled * (1 - pooled) * (1.0 / n + 1.0 / m);
        if (n == 0 || m == 0 || variance == 0) {
            return 1;
        }
        double difference = (double) a / n - (double) b / m;
        return ChiSquare.upperTail(difference * difference / variance, 1);
    }
}
