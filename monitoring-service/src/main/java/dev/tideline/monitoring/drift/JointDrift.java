package dev.tideline.monitoring.drift;

import dev.tideline.monitoring.profile.JointMoments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether inputs still depend on each other as they did in the first windows of the version: the error of reconstructing a window from
 * the main components of those windows, as NannyML does with rows, here from rank correlations alone, so that no row is kept. Sees
 * changed correlations that no single feature shows; shifts of single features leave it alone.
 *
 * @param error      share of the window's variation that the components do not explain, from 0 to 1
 * @param expected   the same in the reference windows, each reconstructed from the others
 * @param deviations how far apart these are, in standard deviations of the reference windows at the size of this window
 * @param pair       the two inputs whose correlation changed most
 * @param before     their correlation in the reference windows
 * @param now        their correlation in the window
 */
record JointDrift(double error, double expected, double deviations, String pair, double before, double now) {

    /** Share of the variation that the kept components explain. */
    private static final double EXPLAINED = 0.65;
    private static final double NO_SPREAD = 1e-4;

    /** Null when fewer than three numeric inputs take part. */
    static @Nullable JointDrift of(JointMoments window, List<JointMoments> reference) {
        if (window.names().size() < 3) {
            return null;
        }
        List<double[][]> parts = reference.stream().map(JointMoments::correlations).toList();
        double mean = 0;
        double squares = 0;
        double rows = 0;
        for (int i = 0; i < parts.size(); i++) {
            List<double[][]> others = new ArrayList<>(parts);
            double error = error(parts.get(i), components(mean(withoutAt(others, i))));
            mean += error / parts.size();
            squares += error * error / parts.size();
            rows += (double) reference.get(i).rows() / parts.size();
        }
        double[][] before = mean(parts);
        double[][] now = window.correlations();
        double error = error(now, components(before));
        int k = parts.size();
        double variance = Math.max(0, squares - mean * mean) * k / (k - 1);
        // Chance shrinks with the rows of a window; the mean of k windows has chance of its own.
        double spread = Math.sqrt(variance * (rows / window.rows() + 1.0 / k));
        int[] pair = mostChanged(before, now);
        return new JointDrift(error, mean, (error - mean) / Math.max(NO_SPREAD, spread),
                window.names().get(pair[1]) + " ~ " + window.names().get(pair[0]), before[pair[0]][pair[1]], now[pair[0]][pair[1]]);
    }

    double change() {
        return Math.abs(now - before);
    }

    private static List<double[][]> withoutAt(List<double[][]> parts, int index) {
        parts.remove(index);
        return parts;
    }

    private static double[][] mean(List<double[][]> parts) {
        int size = parts.getFirst().length;
        double[][] mean = new double[size][size];
        for (double[][] part : parts) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    mean[i][j] += part[i][j] / parts.size();
                }
            }
        }
        return mean;
    }

    /** The fewest leading components that explain enough; always leaves at least one out. */
    private static double[][] components(double[][] correlations) {
        Eigen eigen = Eigen.of(correlations);
        int size = correlations.length;
        int kept = 0;
        for (double explained = 0; explained < EXPLAINED * size && kept < size - 1; kept++) {
            explained += eigen.values()[kept];
        }
        double[][] components = new double[kept][];
        System.arraycopy(eigen.vectors(), 0, components, 0, kept);
        return components;
    }

    private static double error(double[][] correlations, double[][] components) {
        double explained = 0;
        for (double[] component : components) {
            for (int i = 0; i < component.length; i++) {
                for (int j = 0; j < component.length; j++) {
                    explained += component[i] * correlations[i][j] * component[j];
                }
            }
        }
        return 1 - explained / correlations.length;
    }

    private static int[] mostChanged(double[][] before, double[][] now) {
        int[] pair = {1, 0};
        for (int i = 0; i < now.length; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(now[i][j] - before[i][j]) > Math.abs(now[pair[0]][pair[1]] - before[pair[0]][pair[1]])) {
                    pair = new int[] {i, j};
                }
            }
        }
        return pair;
    }
}
