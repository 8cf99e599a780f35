package dev.tideline.training.evaluation;

import java.util.Arrays;

/**
 * How well scores order positives before negatives. Exact: examples of equal score form one threshold, whatever their order.
 * Sources: Hanley and McNeil 1982 for the area as a probability; Fawcett 2006, section 7, for ties; Davis and Goadrich 2006 for why
 * the precision-recall curve must not be interpolated linearly.
 */
final class Ranking {

    private Ranking() {}

    /** Indexes of {@code scores}, ascending by score. */
    static int[] order(float[] scores) {
        var keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(scores[i] + 0f);
            // Makes the order of the bits the order of the numbers; -0 was made +0 above.
            int sortable = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[i] = (long) sortable << 32 | i;
        }
        Arrays.sort(keys);
        var order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /**
     * Probability that a positive scores above a negative, ties counted half.
     *
     * @param order  of {@link #order}
     * @param labels 1 for positive, 0 for negative; others are left out
     */
    static Metric auc(int[] order, double[] labels, float[] scores, double[] weights) {
        double negativesBelow = 0;
        double positives = 0;
        double ordered = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            double positivesHere = 0;
            double negativesHere = 0;
            float score = scores[order[from]];
            while (to < order.length && scores[order[to]] == score) {
                int row = order[to++];
                positivesHere += labels[row] == 1 ? weights[row] : 0;
                negativesHere += labels[row] == 0 ? weights[row] : 0;
            }
            ordered += positivesHere * (negativesBelow + negativesHere / 2);
            positives += positivesHere;
            negativesBelow += negativesHere;
            from = to;
        }
        if (positives == 0 || negativesBelow == 0) {
            return new Metric.Undefined((positives == 0 ? "positive" : "negative") + " examples: 0 (expected: at least 1 of each class)");
        }
        return Metric.of(ordered / (positives * negativesBelow));
    }

    /** Mean precision over the recalls that thresholds reach: sum of (R[k] - R[k-1]) P[k], from the highest score down. */
    static Metric averagePrecision(int[] order, double[] labels, float[] scores, double[] weights) {
        double found = 0;
        double taken = 0;
        double sum = 0;
        for (int to = order.length; to > 0; ) {
            int from = to;
            double here = 0;
            float score = scores[order[to - 1]];
            while (from > 0 && scores[order[from - 1]] == score) {
                int row = order[--from];
                boolean known = labels[row] == 1 || labels[row] == 0;
                here += labels[row] == 1 ? weights[row] : 0;
                taken += known ? weights[row] : 0;
            }
            found += here;
            sum += here > 0 ? here * found / taken : 0;
            to = from;
        }
        return Metric.ratio(sum, found, "weight of positive examples");
    }
}
