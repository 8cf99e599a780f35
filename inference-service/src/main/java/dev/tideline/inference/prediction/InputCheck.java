package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks a request at the door, so that it cannot fail the requests that share its run. */
final class InputCheck {

    private static final Set<StatusCode> GRAPH = EnumSet.of(
            StatusCode.INVALID_ARGUMENT, StatusCode.FAILED_PRECONDITION, StatusCode.OUT_OF_RANGE, StatusCode.INTERNAL);

    private InputCheck() {}

    /**
     * Inputs that a signature takes.
     *
     * @param odd what is wrong with their shapes, as TensorFlow Serving would let the graph find out for itself; empty when nothing is
     */
    record Checked(Map<String, Tensor> inputs, String odd) {

        /** A run that odd shapes have failed is the caller's fault, whatever the graph called it. */
        Throwable explain(Throwable failure) {
            return odd.isEmpty() || !(failure instanceof StatusException status) || !GRAPH.contains(status.code()) ? failure
                    : new StatusException(StatusCode.INVALID_ARGUMENT, odd + ": " + status.text(), status);
        }
    }

    /**
     * @return the inputs, with the signature's defaults where the request leaves something out
     * @throws StatusException INVALID_ARGUMENT that names everything that is wrong
     */
    static Checked check(Signature signature, Map<String, Tensor> given) {
        checkNames(signature, given);
        Map<String, Tensor> inputs = LinkedHashMap.newLinkedHashMap(signature.inputs().size());
        List<String> problems = new ArrayList<>(0);
        List<String> shapes = new ArrayList<>(0);
        for (TensorSpec spec : signature.inputs().values()) {
            Tensor tensor = given.get(spec.alias());
            if (tensor == null) {
                tensor = signature.defaults().get(spec.alias());
            } else if (tensor.type() != spec.type()) {
                problems.add("input " + spec.alias() + ": expected to be " + spec.type().label() + " but " + tensor.type().label()
                        + " is provided");
            } else if (!spec.shape().accepts(tensor.shape()) && !spec.shape().acceptsWithoutOnes(tensor.shape())) {
                shapes.add("input " + spec.alias() + ": shape " + tensor.shape() + " (expected: " + spec.shape() + ")");
            }
            if (tensor != null) {
                inputs.put(spec.alias(), tensor);
            }
        }
        if (!problems.isEmpty()) {
            problems.addAll(shapes);
            throw StatusException.invalid(String.join("; ", problems));
        }
        return new Checked(inputs, String.join("; ", shapes));
    }

    private static void checkNames(Signature signature, Map<String, Tensor> given) {
        if (given.size() == signature.inputs().size() && signature.inputs().keySet().containsAll(given.keySet())) {
            return;
        }
        SortedSet<String> extra = new TreeSet<>(given.keySet());
        extra.removeAll(signature.inputs().keySet());
        SortedSet<String> missing = new TreeSet<>(signature.inputs().keySet());
        missing.removeAll(given.keySet());
        missing.removeAll(signature.defaults().keySet());
        if (!extra.isEmpty() || !missing.isEmpty()) {
            throw StatusException.invalid("input size does not match signature: " + given.size() + " given, "
                    + signature.inputs().size() + " expected. Sent extra: " + braces(extra) + ". Missing but required: "
                    + braces(missing) + ".");
        }
    }

    private static String braces(SortedSet<String> names) {
        return "{" + String.join(",", names) + "}";
    }
}
