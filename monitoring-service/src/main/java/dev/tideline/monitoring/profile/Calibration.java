package dev.tideline.monitoring.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often a model was right when it was how sure, from labelled predictions: isotonic regression by pooling adjacent violators
 * (Ayer et al. 1955) over the bins of {@link Confidence}. With it accuracy can be estimated before labels come, as NannyML's CBPE does;
 * that sees inputs move into regions where the model is less sure, and is blind to a change of the labels themselves.
 *
 * @param labels labelled predictions by bin of confidence
 * @param right  of these, right ones
 */
public record Calibration(long[] labels, long[] right) {

    /** Older labels lose weight, since models are recalibrated by the world too. */
    private static final long MAX_LABELS = 20_000;

    public static Calibration empty() {
        return new Calibration(new long[Confidence.BINS], new long[Confidence.BINS]);
    }

    /** With one more label; all counts are halved when there are more than {@value #MAX_LABELS}. */
    public Calibration with(double confidence, boolean isRight) {
        long[] nextLabels = labels.clone();
        long[] nextRight = right.clone();
        int bin = Confidence.bin(confidence);
        nextLabels[bin]++;
        nextRight[bin] += isRight ? 1 : 0;
        if (Arrays.stream(nextLabels).sum() > MAX_LABELS) {
            Arrays.setAll(nextLabels, i -> nextLabels[i] / 2);
            Arrays.setAll(nextRight, i -> Math.min(nextRight[i] / 2, nextLabels[i]));
        }
        return new Calibration(nextLabels, nextRight);
    }

    public long count() {
        return Arrays.stream(labels).sum();
    }

    /** Share of right predictions by bin, rising; a bin without labels takes that of the nearest bin below, or else above, that has some. */
    public double[] rates() {
        double[] rates = new double[labels.length];
        for (Block block : blocks()) {
            Arrays.fill(rates, block.from, block.to, block.right / block.labels);
        }
        return rates;
    }

    /** Expected share of right predictions among those of {@code confidence}. */
    public double accuracy(Confidence confidence) {
        double expected = 0;
        for (Block block : blocks()) {
            expected += block.right / block.labels * block.share(confidence);
        }
        return expected;
    }

    /** Standard error of {@link #accuracy}: chance in the window, and chance in the labels that were learnt from. */
    public double standardError(Confidence confidence) {
        double n = Math.max(1, confidence.count());
        double variance = 0;
        for (Block block : blocks()) {
            double share = block.share(confidence);
            double rate = block.right / block.labels;
            variance += rate * (1 - rate) * (share / n + share * share / block.labels);
        }
        return Math.sqrt(variance);
    }

    /** Bins that share a rate, as pooling left them; together they cover all bins. */
    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == 0) {
                continue;
            }
            Block next = new Block(i, labels.length, labels[i], right[i]);
            while (!blocks.isEmpty() && blocks.getLast().right * next.labels >= next.right * blocks.getLast().labels) {
                Block last = blocks.removeLast();
                next = new Block(last.from, labels.length, last.labels + next.labels, last.right + next.right);
            }
            if (blocks.isEmpty()) {
                next = new Block(0, labels.length, next.labels, next.right);
            } else {
                Block last = blocks.removeLast();
                blocks.add(new Block(last.from, next.from, last.labels, last.right));
            }
            blocks.add(next);
        }
        return blocks;
    }

    /** Bins from {@code from} to before {@code to}. */
    private record Block(int from, int to, double labels, double right) {

        double share(Confidence confidence) {
            long inside = 0;
            for (int i = from; i < to; i++) {
                inside += confidence.counts[i];
            }
            return inside / (double) Math.max(1, confidence.count());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calibration that && Arrays.equals(labels, that.labels) && Arrays.equals(right, that.right);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.hashCode(right);
    }
}
