package dev.tideline.inference.tensor;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A callable function of a model.
 *
 * @param method   such as {@code tensorflow/serving/predict}
 * @param defaults values of inputs that a request may leave out, by alias
 */
public record Signature(
        String name, String method, SortedMap<String, TensorSpec> inputs, SortedMap<String, TensorSpec> outputs,
        Map<String, Tensor> defaults) {

    public static final String DEFAULT = "serving_default";

    public Signature {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
        defaults = Map.copyOf(defaults);
    }

    /** Whether requests may share a run: every input and output has an open first dimension. */
    public boolean batched() {
        return !inputs.isEmpty()
                && inputs.values().stream().allMatch(spec -> spec.shape().batched())
                && outputs.values().stream().allMatch(spec -> spec.shape().batched());
    }
}
