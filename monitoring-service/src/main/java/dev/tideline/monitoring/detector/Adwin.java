package dev.tideline.monitoring.detector;

import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing (Bifet and Gavaldà, SDM 2007), one-sided: keeps a window of observations in exponentially growing buckets
 * and drops its oldest part as long as two parts of it have different means. A drop after which the mean is higher is drift.
 *
 * @param confidence accepted chance of a false cut
 * @param count      observations since the start; cuts are looked for at every 32nd
 * @param rows       buckets of 2^i observations in row i, oldest first
 * @param width      observations in the window
 * @param total      sum of these
 * @param variance   sum of their squared differences from the mean
 * @param before     mean of the window before the newest observation
 */
record Adwin(
        double confidence, long count, List<List<Bucket>> rows, long width, double total, double variance, double before,
        Level level) implements DriftDetector {

    private static final int MAX_BUCKETS = 5;
    private static final int CLOCK = 32;
    private static final int MIN_WIDTH = 10;
    private static final int MIN_PART = 5;

    /** Sum of a bucket's observations, and of their squared differences from its mean. */
    public record Bucket(double total, double variance) {}

    public Adwin {
        rows = rows.stream().map(List::copyOf).toList();
    }

    public static Adwin withDefaults() {
        return new Adwin(0.002, 0, List.of(), 0, 0, 0, 0, Level.STABLE);
    }

    @Override
    public Adwin next(double error) {
        Window window = new Window();
        double earlier = width == 0 ? 0 : total / width;
        window.add(error);
        boolean cut = (count + 1) % CLOCK == 0 && window.width > MIN_WIDTH && window.shrink();
        boolean rose = cut && window.total / window.width > earlier;
        return new Adwin(confidence, count + 1, window.rows, window.width, window.total, window.variance, earlier,
                rose ? Level.DRIFT : Level.STABLE);
    }

    @Override
    public double quietMean() {
        return before;
    }

    @Override
    public double recentMean() {
        return width == 0 ? 0 : total / width;
    }

    @Override
    public long recentCount() {
        return width;
    }

    /** A copy of the window that can be changed. */
    private final class Window {

        private final List<List<Bucket>> rows = new ArrayList<>();
        private long width = Adwin.this.width;
        private double total = Adwin.this.total;
        private double variance = Adwin.this.variance;

        Window() {
            Adwin.this.rows.forEach(row -> rows.add(new ArrayList<>(row)));
        }

        void add(double value) {
            if (rows.isEmpty()) {
                rows.add(new ArrayList<>());
            }
            rows.getFirst().add(new Bucket(value, 0));
            width++;
            if (width > 1) {
                double difference = value - total / (width - 1);
                variance += (width - 1) * difference * difference / width;
            }
            total += value;
            compress();
        }

        private void compress() {
            for (int i = 0; i < rows.size() && rows.get(i).size() > MAX_BUCKETS; i++) {
                Bucket older = rows.get(i).removeFirst();
                Bucket newer = rows.get(i).removeFirst();
                if (i + 1 == rows.size()) {
                    rows.add(new ArrayList<>());
                }
                double size = Math.scalb(1.0, i);
                double difference = (older.total() - newer.total()) / size;
                rows.get(i + 1).add(new Bucket(older.total() + newer.total(),
                        older.variance() + newer.variance() + size * difference * difference / 2));
            }
        }

        /** Drops the oldest buckets while a cut is found; true when there was one. */
        boolean shrink() {
            boolean shrunk = false;
            while (width > 0 && hasCut()) {
                drop();
                shrunk = true;
            }
            return shrunk;
        }

        private boolean hasCut() {
            double olderCount = 0;
            double olderTotal = 0;
            for (int i = rows.size() - 1; i >= 0; i--) {
                List<Bucket> row = rows.get(i);
                for (int k = 0; k < row.size() - (i == 0 ? 1 : 0); k++) {
                    olderCount += Math.scalb(1.0, i);
                    olderTotal += row.get(k).total();
                    double newerCount = width - olderCount;
                    if (olderCount > MIN_PART + 1 && newerCount > MIN_PART + 1
                            && differs(olderCount, olderTotal, newerCount, total - olderTotal)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean differs(double olderCount, double olderTotal, double newerCount, double newerTotal) {
            double logarithm = Math.log(2 * Math.log(width) / confidence);
            double inverse = 1 / (olderCount - MIN_PART + 1) + 1 / (newerCount - MIN_PART + 1);
            double bound = Math.sqrt(2 * inverse * (variance / width) * logarithm) + 2.0 / 3 * logarithm * inverse;
            return Math.abs(olderTotal / olderCount - newerTotal / newerCount) > bound;
        }

        private void drop() {
            int last = rows.size() - 1;
            Bucket oldest = rows.get(last).removeFirst();
            double size = Math.scalb(1.0, last);
            width -= (long) size;
            total -= oldest.total();
            double difference = oldest.total() / size - total / width;
            variance -= oldest.variance() + size * width * difference * difference / (size + width);
            if (rows.get(last).isEmpty()) {
                rows.remove(last);
            }
        }
    }
}
