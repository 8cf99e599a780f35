package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.inference.tensor.Values;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signatures that take serialised examples, for classification and regression by any door. */
public final class ExampleSignatures {

    /** How classify and regress calls word it, before the signature's name. */
    public static final String MISSING = "No signature was found with the name: ";
    private static final String INPUT = "inputs";

    private ExampleSignatures() {}

    /** @throws StatusException INVALID_ARGUMENT when there is none of that name */
    public static Signature choose(SortedMap<String, Signature> available, String name, String missing) {
        Signature signature = available.get(name);
        if (signature == null) {
            throw StatusException.invalid(missing + name);
        }
        return ofExamples(signature);
    }

    /** TensorFlow Serving feeds examples whatever type the signature names; the graph decides. */
    private static Signature ofExamples(Signature signature) {
        TensorSpec input = signature.inputs().get(INPUT);
        if (signature.inputs().size() != 1 || input == null || input.type() == DataType.STRING) {
            return signature;
        }
        TensorSpec text = new TensorSpec(INPUT, input.node(), DataType.STRING, input.shape());
        return new Signature(signature.name(), signature.method(), new TreeMap<>(Map.of(INPUT, text)), signature.outputs(), Map.of());
    }

    /**
     * @param examples serialised {@code tf.train.Example}s, at least one
     * @throws StatusException INVALID_ARGUMENT when the signature takes anything else
     */
    public static Map<String, Tensor> inputs(Signature signature, byte[][] examples) {
        TensorSpec input = signature.inputs().get(INPUT);
        if (signature.inputs().size() != 1 || input == null) {
            throw StatusException.invalid("signature " + signature.name() + ": inputs " + signature.inputs().keySet()
                    + " (expected: only " + INPUT + ")");
        }
        return Map.of(INPUT, Tensor.of(DataType.STRING, Shape.of(examples.length), new Values.Strings(examples)));
    }
}
