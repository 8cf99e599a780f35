package dev.tideline.training.evaluation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two models on the same examples. The interval is the percentile interval of a paired circular block bootstrap (Politis and Romano
 * 1992): the same drawn blocks for both models, so that what makes an example hard for both cancels out, and blocks instead of rows,
 * so that a run of similar examples counts once, not many times.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Comparison.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Comparison.Unmeasurable.class, name = "unmeasurable")
})
public sealed interface Comparison {

    /** Resampled data sets; the figures of the interval's ends are then good to about a hundredth of its width. */
    int RESAMPLES = 1_000;

    /**
     * @param improvement of the candidate over the champion; negative when worse
     * @param lower       end of the interval of the improvement
     * @param confidence  of the interval
     * @param blockLength examples per block; 1 when neighbours are independent
     */
    record Measured(
            double candidate, double champion, double improvement, double lower, double upper, double confidence, int blockLength,
            long examples) implements Comparison {}

    /** One of the two has no such figure on these examples. */
    record Unmeasurable(String reason) implements Comparison {}

    /**
     * Compares answers to the same examples in the order of time.
     *
     * @param seed equal seeds give equal intervals
     */
    static Comparison of(Head head, String metric, Answers candidate, Answers champion, double confidence, long seed) {
        return of(metric, Rows.of(head, candidate), Rows.of(head, champion), confidence, seed, RESAMPLES);
    }

    static Comparison of(String metric, Rows candidate, Rows champion, double confidence, long seed, int resamples) {
        if (candidate.count() != champion.count()) {
            throw new IllegalArgumentException("examples: " + candidate.count() + " and " + champion.count() + " (expected: the same)");
        }
        var mine = candidate.metric(metric, candidate.weights());
        var theirs = champion.metric(metric, champion.weights());
        if (mine instanceof Metric.Undefined(String reason)) {
            return new Unmeasurable("candidate's " + metric + ": " + reason);
        }
        if (theirs instanceof Metric.Undefined(String reason)) {
            return new Unmeasurable("champion's " + metric + ": " + reason);
        }
        if (candidate.count() < 2) {
            return new Unmeasurable("examples: " + candidate.count() + " (expected: at least 2 for an interval)");
        }
        double better = ((Metric.Defined) mine).value();
        double other = ((Metric.Defined) theirs).value();
        int blockLength = BlockLength.of(differences(metric, candidate, champion));
        var draws = new double[resamples];
        int drawn = draws(metric, candidate, champion, blockLength, new SplittableRandom(seed), draws);
        if (drawn < resamples * 0.9) {
            return new Unmeasurable(metric + ": defined in " + drawn + " of " + resamples
                + " resampled data sets (expected: at least nine in ten; more examples)");
        }
        var sorted = Arrays.copyOf(draws, drawn);
        Arrays.sort(sorted);
        double tail = (1 - confidence) / 2;
        double improvement = Metrics.improvement(metric, better, other);
        double wider = wider(1 - tail, (double) candidate.count() / blockLength);
        return new Measured(better, other, improvement, improvement + wider * (quantile(sorted, tail) - improvement),
            improvement + wider * (quantile(sorted, 1 - tail) - improvement), confidence, blockLength, candidate.count());
    }

    private static int draws(
            String metric, Rows candidate, Rows champion, int blockLength, SplittableRandom random, double[] draws) {
        int n = candidate.count();
        var base = candidate.weights();
        var weights = new double[n];
        int drawn = 0;
        for (int draw = 0; draw < draws.length; draw++) {
            Arrays.fill(weights, 0);
            for (int taken = 0; taken < n; taken += blockLength) {
                int start = random.nextInt(n);
                int length = Math.min(blockLength, n - taken);
                for (int i = 0; i < length; i++) {
                    int row = start + i < n ? start + i : start + i - n;
                    weights[row] += base[row];
                }
            }
            if (candidate.metric(metric, weights) instanceof Metric.Defined(double mine)
                && champion.metric(metric, weights) instanceof Metric.Defined(double theirs)) {
                draws[drawn++] = Metrics.improvement(metric, mine, theirs);
            }
        }
        return drawn;
    }

    /** Few blocks show too little spread, and the spread itself is uncertain: as for the mean of so many independent figures. */
    private static double wider(double probability, double blocks) {
        return Math.sqrt(blocks / (blocks - 1)) * StudentT.widening(probability, blocks - 1);
    }

    private static double[] differences(String metric, Rows candidate, Rows champion) {
        var mine = candidate.contributions(metric);
        var theirs = champion.contributions(metric);
        return Means.each(mine.length, i -> mine[i] - theirs[i]);
    }

    /** By linear interpolation between order statistics. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
