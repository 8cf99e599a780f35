package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorDecoder;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.serving.protocol.PackedPredictRequest;
import dev.tideline.serving.protocol.PackedTensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A {@code Predict} call: tensors by alias, and which outputs are wanted. */
final class PredictCall implements InputReader {

    /** Stands for inputs that the signature does not know; they are refused by name, whatever they hold. */
    private static final Tensor UNKNOWN = Tensor.floats(Shape.of(0));

    private final PackedPredictRequest request;

    PredictCall(PackedPredictRequest request) {
        this.request = request;
    }

    @Override
    public EntryPoint entryPoint() {
        return EntryPoint.GRPC_PREDICT;
    }

    @Override
    public Signature choose(SortedMap<String, Signature> available) {
        String name = ModelSpecs.signature(request.getModelSpec());
        Signature signature = available.get(name);
        if (signature == null) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION, "Serving signature key \"" + name + "\" not found.");
        }
        return signature;
    }

    @Override
    public Map<String, Tensor> read(Signature signature) {
        checkFilter(signature);
        Map<String, Tensor> inputs = LinkedHashMap.newLinkedHashMap(request.getInputsCount());
        request.getInputsMap().forEach((alias, proto) -> inputs.put(alias, tensor(signature.inputs().get(alias), alias, proto)));
        return inputs;
    }

    private static Tensor tensor(@Nullable TensorSpec spec, String alias, PackedTensor proto) {
        if (spec == null) {
            return UNKNOWN;
        }
        DataType type = DataType.of(proto.getDtype());
        if (type != spec.type()) {
            throw StatusException.invalid("input " + alias + ": expected to be " + spec.type().label() + " but " + type.label()
                    + " is provided");
        }
        return TensorDecoder.read(alias, proto, type);
    }

    private void checkFilter(Signature signature) {
        Set<String> seen = new HashSet<>();
        for (String alias : request.getOutputFilterList()) {
            if (!signature.outputs().containsKey(alias)) {
                throw StatusException.invalid("output tensor alias not found in signature: " + alias + " Outputs expected to be in the set {"
                        + String.join(",", signature.outputs().keySet()) + "}.");
            }
            if (!seen.add(alias)) {
                throw StatusException.invalid("duplicate output tensor alias: " + alias);
            }
        }
    }

    /** All outputs when the call names none. */
    boolean wants(String output) {
        return request.getOutputFilterCount() == 0 || request.getOutputFilterList().contains(output);
    }
}
