package dev.tideline.training.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate must show before it replaces the champion.
 *
 * @param metric             the metric that decides
 * @param minimumImprovement what the lower end of the improvement's interval must be above, in the metric's own unit; below 0 lets a
 *                           candidate in that is surely not worse by more than that
 * @param confidence         of the two-sided interval, from 0.5 to below 1
 * @param minimumExamples    evaluation examples without which nothing is promoted, a first version neither
 * @param unusableChampion   what happens when there is a champion that cannot be judged
 * @param slices             parts of the evaluation examples that are judged by themselves
 * @param minimumSliceRows   smaller slices are not judged
 * @param limits             what must hold besides; absolute ones for a first version too
 */
public record GateRule(
        String metric, double minimumImprovement, double confidence, int minimumExamples, UnusableChampion unusableChampion,
        List<SliceBy> slices, int minimumSliceRows, List<Limit> limits) {

    public static final double CONFIDENCE = 0.95;
    public static final int MINIMUM_EXAMPLES = 50;
    public static final int MINIMUM_SLICE_ROWS = 50;
    /** Stands for all slices in {@link Limit#slices}. */
    public static final String EVERY_SLICE = "*";

    public GateRule {
        slices = List.copyOf(slices);
        limits = List.copyOf(limits);
    }

    /** With the defaults of everything else. */
    public GateRule(String metric, double minimumImprovement) {
        this(metric, minimumImprovement, CONFIDENCE, MINIMUM_EXAMPLES, UnusableChampion.REFUSE, List.of(), MINIMUM_SLICE_ROWS, List.of());
    }

    /** A champion that is missing or damaged in the store, or gives answers that are no numbers. */
    public enum UnusableChampion {
        /** The candidate is rejected; a person promotes or rolls back. */
        REFUSE,
        /** The candidate is treated as a first version. */
        REPLACE
    }

    /**
     * Examples by the value of one feature.
     *
     * @param parts at most so many slices: quantile ranges of a number, most frequent values of a text
     */
    public record SliceBy(String feature, int parts) {}

    /**
     * A bound on one metric.
     *
     * @param slices       null: all examples together; a feature: each of its slices; {@value #EVERY_SLICE}: every slice
     * @param worst        the worst value allowed
     * @param maximumLoss  how much worse than the champion, in the metric's own unit
     * @param maximumShare how much worse than the champion, as a share of the champion's value
     */
    public record Limit(
            String metric, @Nullable String slices, @Nullable Double worst, @Nullable Double maximumLoss, @Nullable Double maximumShare) {

        public static Limit worst(String metric, double worst) {
            return new Limit(metric, null, worst, null, null);
        }

        /** Whether the limit is about slices of {@code feature}; null stands for all examples together. */
        public boolean covers(@Nullable String feature) {
            return feature == null ? slices == null : EVERY_SLICE.equals(slices) || feature.equals(slices);
        }
    }
}
