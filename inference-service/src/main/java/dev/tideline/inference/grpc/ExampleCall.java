package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.ExampleSignatures;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.serving.protocol.ExampleListWithContext;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.tensorflow.proto.Example;

/** A {@code Classify} or {@code Regress} call, or a task of {@code MultiInference}: examples, perhaps with a context that all get. */
final class ExampleCall implements InputReader {

    private final EntryPoint entryPoint;
    private final String signatureName;
    private final Input input;
    private final String missing;

    private ExampleCall(EntryPoint entryPoint, ModelSpec spec, Input input, String missing) {
        this.entryPoint = entryPoint;
        this.signatureName = ModelSpecs.signature(spec);
        this.input = input;
        this.missing = missing;
    }

    static ExampleCall classify(ModelSpec spec, Input input) {
        return new ExampleCall(EntryPoint.GRPC_CLASSIFY, spec, input, ExampleSignatures.MISSING);
    }

    static ExampleCall regress(ModelSpec spec, Input input) {
        return new ExampleCall(EntryPoint.GRPC_REGRESS, spec, input, ExampleSignatures.MISSING);
    }

    /** TensorFlow Serving words the absence of a task's signature differently. */
    static ExampleCall task(EntryPoint method, ModelSpec spec, Input input) {
        return new ExampleCall(method, spec, input, "Requested signature not found in model graph: ");
    }

    @Override
    public EntryPoint entryPoint() {
        return entryPoint;
    }

    @Override
    public Signature choose(SortedMap<String, Signature> available) {
        return ExampleSignatures.choose(available, signatureName, missing);
    }

    @Override
    public Map<String, Tensor> read(Signature signature) {
        byte[][] examples = switch (input.getKindCase()) {
            case EXAMPLE_LIST -> encoded(input.getExampleList().getExamplesList());
            case EXAMPLE_LIST_WITH_CONTEXT -> merged(input.getExampleListWithContext());
            case KIND_NOT_SET -> new byte[0][];
        };
        if (examples.length == 0) {
            throw StatusException.invalid("Input is empty");
        }
        return ExampleSignatures.inputs(signature, examples);
    }

    private static byte[][] encoded(List<Example> examples) {
        return examples.stream().map(Example::toByteArray).toArray(byte[][]::new);
    }

    /** A feature that both have is the example's. */
    private static byte[][] merged(ExampleListWithContext list) {
        Example context = list.getContext();
        return list.getExamplesList().stream().map(example -> {
            Example.Builder both = context.toBuilder();
            both.getFeaturesBuilder().putAllFeature(example.getFeatures().getFeatureMap());
            return both.build().toByteArray();
        }).toArray(byte[][]::new);
    }
}
