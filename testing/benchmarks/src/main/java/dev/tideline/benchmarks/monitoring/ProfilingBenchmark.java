package dev.tideline.benchmarks.monitoring;

import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import dev.tideline.features.ProfileCodec;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * Exact counts on frozen bins against a KLL sketch (k = 200, as whylogs keeps one per feature) on the same values, in turn; then a thousand
 * features over three million rows, meant for {@code -Xmx1g}. Prints a table.
 */
public final class ProfilingBenchmark {

    private static final int VALUES = 1 << 22;
    private static final int ROUNDS = 7;
    private static final int FEATURES = 1_000;

    private ProfilingBenchmark() {}

    /** @param args rows of the wide stream; three million without */
    public static void main(String[] args) {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = random.doubles(VALUES).map(any -> random.nextGaussian()).toArray();
        Baseline.Numeric baseline = deciles(values);
        perValue(values, baseline);
        wide(values, baseline, args.length == 0 ? 3_000_000 : Integer.parseInt(args[0]));
    }

    private static void perValue(double[] values, Baseline.Numeric baseline) {
        double[] counts = new double[ROUNDS];
        double[] sketches = new double[ROUNDS];
        int countBytes = 0;
        int sketchBytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            NumericProfile profile = (NumericProfile) Profile.on(baseline);
            for (double value : values) {
                profile.add(value);
            }
            counts[round] = (System.nanoTime() - begin) / (double) values.length;
            countBytes = ProfileCodec.write(profile).length;
            begin = System.nanoTime();
            KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(200);
            for (double value : values) {
                sketch.update(value);
            }
            sketches[round] = (System.nanoTime() - begin) / (double) values.length;
            sketchBytes = sketch.toByteArray().length;
        }
        System.out.printf("%-28s %10s %10s%n", "", "ns/value", "bytes");
        System.out.printf("%-28s %10.1f %10d%n", "counts on ten frozen bins", median(counts), countBytes);
        System.out.printf("%-28s %10.1f %10d%n", "KLL, k = 200", median(sketches), sketchBytes);
        System.out.printf("%-28s %10.2f %10.2f%n", "ratio", median(sketches) / median(counts), (double) sketchBytes / countBytes);
    }

    private static void wide(double[] values, Baseline.Numeric baseline, int rows) {
        NumericProfile[] profiles = new NumericProfile[FEATURES];
        Arrays.setAll(profiles, i -> (NumericProfile) Profile.on(baseline));
        long begin = System.nanoTime();
        int at = 0;
        for (int row = 0; row < rows; row++) {
            // Rows overlap in the pool of values, with another step each time round: drawing anew would cost more than counting.
            at = at + 7_919 + row % 101;
            for (NumericProfile profile : profiles) {
                profile.add(values[at++ & VALUES - 1]);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (NumericProfile profile : profiles) {
            if (profile.total() != rows) {
                throw new IllegalStateException("counted: " + profile.total() + " (expected: " + rows + ")");
            }
        }
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf("%n%d features x %d rows: %.1f s on one thread, %.1f ns/value; heap %d MB of %d MB%n", FEATURES, rows, seconds,
                seconds * 1e9 / rows / FEATURES, used >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Baseline.Numeric deciles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] edges = new double[9];
        Arrays.setAll(edges, i -> sorted[(i + 1) * sorted.length / 10]);
        long[] counts = new long[10];
        Arrays.fill(counts, sorted.length / 10);
        return new Baseline.Numeric(edges, counts, 0, sorted[0], sorted[sorted.length - 1], 0, 1);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
