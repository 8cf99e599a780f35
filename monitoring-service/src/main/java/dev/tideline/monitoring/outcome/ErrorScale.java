package dev.tideline.monitoring.outcome;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the distance between a predicted and an actual number into an error from 0 to 1, as detectors need it: d / (d + s), where s is
 * the median distance of the first {@value #FIRST} labels of the version. A usual distance gives 0.5; no outlier gives more than 1.
 *
 * @param first distances until there are enough
 * @param scale null until then
 */
record ErrorScale(List<Double> first, @Nullable Double scale) {

    static final int FIRST = 200;
    private static final double SMALLEST = 1e-12;

    ErrorScale {
        first = List.copyOf(first);
    }

    static ErrorScale unknown() {
        return new ErrorScale(List.of(), null);
    }

    ErrorScale with(double distance) {
        if (scale != null) {
            return this;
        }
        List<Double> more = new ArrayList<>(first);
        more.add(distance);
        if (more.size() < FIRST) {
            return new ErrorScale(more, null);
        }
        more.sort(null);
        return new ErrorScale(List.of(), Math.max(SMALLEST, more.get(FIRST / 2)));
    }

    /** Null while the scale is not known. */
    @Nullable Double error(double distance) {
        return scale == null ? null : Double.valueOf(distance / (distance + scale));
    }
}
