package dev.tideline.monitoring.retraining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the live version; a new version starts afresh.
 *
 * @param inputs       whether the inputs drifted, by window, the newest last
 * @param outputs      whether the answers drifted, likewise
 * @param errorWarning the error detector warns
 * @param belowFloor   windows of labels below the policy's floor, in a row
 * @param accuracy     of the newest window of labels; NaN before the first
 * @param fault        what is broken about the data of the newest window; null when it is whole
 */
public record Watch(List<Boolean> inputs, List<Boolean> outputs, boolean errorWarning, int belowFloor, double accuracy,
        @Nullable String fault) {

    static final Watch FRESH = new Watch(List.of(), List.of(), false, 0, Double.NaN, null);

    public Watch {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    Watch window(boolean inputsDrift, boolean outputsDrift) {
        return new Watch(with(inputs, inputsDrift), with(outputs, outputsDrift), errorWarning, belowFloor, accuracy, null);
    }

    /** Broken data say nothing about drift, and end a row of windows that did. */
    Watch broken(String newFault) {
        return new Watch(List.of(), List.of(), errorWarning, belowFloor, accuracy, newFault);
    }

    Watch warning(boolean raised) {
        return new Watch(inputs, outputs, raised, belowFloor, accuracy, fault);
    }

    Watch accuracy(double share, double floor) {
        return new Watch(inputs, outputs, errorWarning, share < floor ? belowFloor + 1 : 0, share, fault);
    }

    /** Whether the newest window drifted. */
    boolean driftsNow() {
        return !inputs.isEmpty() && (inputs.getLast() || outputs.getLast());
    }

    /** Drifting ones among the newest {@code of} windows. */
    static int drifting(List<Boolean> windows, int of) {
        return (int) windows.subList(Math.max(0, windows.size() - of), windows.size()).stream().filter(drifts -> drifts).count();
    }

    private static List<Boolean> with(List<Boolean> windows, boolean drifts) {
        List<Boolean> longer = new ArrayList<>(windows.subList(Math.max(0, windows.size() + 1 - PolicyCheck.MAX_WINDOWS), windows.size()));
        longer.add(drifts);
        return longer;
    }
}
