package dev.tideline.monitoring.profile;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First and second moments of the numeric inputs together, from which correlations follow without a kept row. A value counts as the
 * mid-rank of its bin in training, from -1 to 1, so that no outlier and no unit has a say (Spearman 1904); an absent one counts as 0.
 * The first {@value #MAX_FEATURES} numeric inputs by name take part. Mutable, not thread-safe.
 */
public final class JointMoments {

    static final int MAX_FEATURES = 32;

    private final List<String> names;
    /** Where in the profile set each of them is. */
    private final int[] places;
    private final double[][] scores;
    private final Baseline.Numeric[] bins;
    final double[] sums;
    /** The lower triangle, row by row. */
    final double[] products;
    private final double[] row;
    private int next;
    long rows;

    private JointMoments(List<String> names, int[] places, Baseline.Numeric[] bins) {
        this.names = names;
        this.places = places;
        this.bins = bins;
        this.scores = new double[bins.length][];
        for (int i = 0; i < bins.length; i++) {
            scores[i] = midRanks(bins[i]);
        }
        this.sums = new double[places.length];
        this.products = new double[places.length * (places.length + 1) / 2];
        this.row = new double[places.length];
    }

    static JointMoments of(String[] names, Profile[] profiles) {
        List<String> taken = new ArrayList<>();
        int[] places = new int[Math.min(MAX_FEATURES, profiles.length)];
        Baseline.Numeric[] bins = new Baseline.Numeric[places.length];
        for (int i = 0; i < profiles.length && taken.size() < places.length; i++) {
            if (profiles[i] instanceof NumericProfile numeric && !names[i].startsWith(RecordHeaders.OUTPUT_PREFIX)) {
                bins[taken.size()] = numeric.baseline();
                places[taken.size()] = i;
                taken.add(names[i]);
            }
        }
        return new JointMoments(List.copyOf(taken), java.util.Arrays.copyOf(places, taken.size()),
                java.util.Arrays.copyOf(bins, taken.size()));
    }

    void begin() {
        next = 0;
    }

    /** Features come in the order of their places. */
    void take(int place, @Nullable Feature feature) {
        if (next < places.length && places[next] == place) {
            row[next] = score(next, feature);
            next++;
        }
    }

    void end() {
        int at = 0;
        for (int i = 0; i < row.length; i++) {
            double value = row[i];
            sums[i] += value;
            for (int j = 0; j <= i; j++) {
                products[at++] += value * row[j];
            }
        }
        rows++;
    }

    private double score(int index, @Nullable Feature feature) {
        return switch (feature) {
            case Feature.Floats floats when floats.size() == 1 -> score(index, floats.values()[0]);
            case Feature.Longs longs when longs.size() == 1 -> score(index, longs.values()[0]);
            case null, default -> 0;
        };
    }

    private double score(int index, double value) {
        return Double.isFinite(value) ? scores[index][bins[index].bin(value)] : 0;
    }

    private static double[] midRanks(Baseline.Numeric baseline) {
        double[] ranks = new double[baseline.counts().length];
        double below = 0;
        for (int i = 0; i < ranks.length; i++) {
            double share = baseline.counts()[i] / (double) Math.max(1, baseline.total());
            ranks[i] = 2 * (below + share / 2) - 1;
            below += share;
        }
        return ranks;
    }

    void merge(JointMoments other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        rows += other.rows;
    }

    /** The features that take part. */
    public List<String> names() {
        return names;
    }

    public long rows() {
        return rows;
    }

    /** Rank correlations, symmetric with ones on the diagonal; a feature that never varied correlates with nothing. */
    public double[][] correlations() {
        int size = sums.length;
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(covariance(i, i) * covariance(j, j));
                matrix[i][j] = scale < 1e-12 ? 0 : Math.clamp(covariance(i, j) / scale, -1, 1);
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    private double covariance(int i, int j) {
        double n = Math.max(1, rows);
        return products[i * (i + 1) / 2 + j] / n - sums[i] / n * (sums[j] / n);
    }
}
