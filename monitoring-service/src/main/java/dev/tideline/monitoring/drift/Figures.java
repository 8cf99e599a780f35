package dev.tideline.monitoring.drift;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a verdict over one feature rests on.
 *
 * @param psi             debiased population stability index
 * @param jensenShannon   distance with base 2 logarithms; for display
 * @param hellinger       distance; for display
 * @param shape           distances that respect the order of numbers; for display, zero for categories
 * @param p               p-value of the test that nothing changed
 * @param adjustedP       the same, corrected for the number of features
 * @param rows            rows of the window
 * @param missing         share of rows without the feature
 * @param baselineMissing the same in training
 * @param outside         share of values outside the trained range or categories
 * @param unusable        share of values of another type, or not finite
 * @param largestChange   largest change of a cell's share
 */
public record Figures(
        double psi, double jensenShannon, double hellinger, Shape shape, double p, double adjustedP, long rows, double missing, double baselineMissing,
        double outside, double unusable, double largestChange) {

    /** By the names that events and the HTTP API use. */
    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("psi", psi);
        map.put("js", jensenShannon);
        map.put("hellinger", hellinger);
        map.put("ks", shape.ks());
        map.put("wasserstein", shape.wasserstein());
        map.put("shift", shape.shift());
        map.put("p", p);
        map.put("adjustedP", adjustedP);
        map.put("rows", (double) rows);
        map.put("missing", missing);
        map.put("baselineMissing", baselineMissing);
        map.put("outside", outside);
        map.put("unusable", unusable);
        map.put("largestChange", largestChange);
        return map;
    }
}
