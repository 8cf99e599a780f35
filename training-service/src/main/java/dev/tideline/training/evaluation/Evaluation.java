package dev.tideline.training.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a model did.
 *
 * @param examples    how many examples were judged
 * @param metrics     by name; what the data cannot give is not in here
 * @param undefined   reason by name of each metric that the data cannot give, such as AUC of one class
 * @param confusion   weight by true class, then by answered class; labels that are no class are not in here; for up to {@value Judge#MAX_CONFUSION} classes; null otherwise
 * @param calibration bins that are not empty; none for numbers
 * @param slices      the same for parts of the examples, without confusion and calibration
 */
public record Evaluation(
        long examples, SortedMap<String, Double> metrics, SortedMap<String, String> undefined, @Nullable List<List<Double>> confusion,
        List<Bin> calibration, List<SliceFigures> slices) {

    public Evaluation {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        undefined = Collections.unmodifiableSortedMap(new TreeMap<>(undefined));
        calibration = List.copyOf(calibration);
        slices = List.copyOf(slices);
    }

    /**
     * Figures of one slice.
     *
     * @param feature that the slice is made by
     * @param name    of the slice, such as {@code station=A} or {@code hour=[7.0,12.0)}
     */
    public record SliceFigures(
            String feature, String name, long examples, SortedMap<String, Double> metrics, SortedMap<String, String> undefined) {}

    /**
     * One bin that is not empty.
     *
     * @param from       lower edge
     * @param confidence mean probability that was given
     * @param share      share that came true
     */
    public record Bin(double from, double to, double weight, double confidence, double share) {}

    /** Bare figures. */
    public static Evaluation of(long examples, Map<String, Double> metrics) {
        return new Evaluation(examples, new TreeMap<>(metrics), new TreeMap<>(), null, List.of(), List.of());
    }
}
