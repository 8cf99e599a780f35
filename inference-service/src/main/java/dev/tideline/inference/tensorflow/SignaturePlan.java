package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.Collection;
import java.util.List;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;

/** A signature resolved to graph nodes, in native arrays that every run reads and none writes. */
final class SignaturePlan implements AutoCloseable {

    private final List<String> inputAliases;
    private final List<String> outputAliases;
    private final TF_Output inputs;
    private final TF_Output outputs;

    private SignaturePlan(Signature signature, NativeSession session) {
        this.inputAliases = List.copyOf(signature.inputs().keySet());
        this.outputAliases = List.copyOf(signature.outputs().keySet());
        this.inputs = resolve(session, signature, signature.inputs().values());
        this.outputs = resolve(session, signature, signature.outputs().values());
    }

    /** @throws StatusException FAILED_PRECONDITION when the signature names what the graph does not have */
    static SignaturePlan of(Signature signature, NativeSession session) {
        return new SignaturePlan(signature, session);
    }

    private static TF_Output resolve(NativeSession session, Signature signature, Collection<TensorSpec> specs) {
        TF_Output array = new TF_Output(Math.max(1, specs.size()));
        int position = 0;
        for (TensorSpec spec : specs) {
            int colon = spec.node().lastIndexOf(':');
            String name = colon < 0 ? spec.node() : spec.node().substring(0, colon);
            TF_Operation operation = session.operation(name);
            if (operation == null) {
                array.close();
                throw new StatusException(StatusCode.FAILED_PRECONDITION, "signature " + signature.name() + ", " + spec.alias() + ": "
                        + spec.node() + " (expected: a tensor of the graph)");
            }
            array.getPointer(position++).oper(operation).index(index(spec.node(), colon));
        }
        return array;
    }

    private static int index(String node, int colon) {
        try {
            return colon < 0 ? 0 : Integer.parseInt(node.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION, "tensor: " + node + " (expected: name:index)");
        }
    }

    List<String> inputAliases() {
        return inputAliases;
    }

    List<String> outputAliases() {
        return outputAliases;
    }

    TF_Output inputs() {
        return inputs;
    }

    TF_Output outputs() {
        return outputs;
    }

    @Override
    public void close() {
        inputs.close();
        outputs.close();
    }
}
