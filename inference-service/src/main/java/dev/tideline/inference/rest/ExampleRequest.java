package dev.tideline.inference.rest;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.ExampleSignatures;
import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The body of a {@code :classify} or {@code :regress} call: examples, and a context that every one of them gets. */
final class ExampleRequest implements InputReader {

    private static final String EXAMPLES = "examples";

    private final EntryPoint entryPoint;
    private final PredictBody body;
    private final String signatureName;

    ExampleRequest(EntryPoint entryPoint, byte[] json) {
        this.entryPoint = entryPoint;
        this.body = PredictBody.parse(json);
        this.signatureName = body.signatureName();
    }

    @Override
    public EntryPoint entryPoint() {
        return entryPoint;
    }

    @Override
    public Signature choose(SortedMap<String, Signature> available) {
        String name = signatureName.isEmpty() ? Signature.DEFAULT : signatureName;
        return ExampleSignatures.choose(available, name, ExampleSignatures.MISSING);
    }

    @Override
    public Map<String, Tensor> read(Signature signature) {
        JsonCursor context = body.at("context");
        Map<String, Feature> shared = context == null ? Map.of() : new ExampleReader(context).read();
        return ExampleSignatures.inputs(signature, examples(shared));
    }

    private byte[][] examples(Map<String, Feature> shared) {
        JsonCursor cursor = body.at(EXAMPLES);
        if (cursor == null) {
            throw body.formatError("When method is classify, key 'examples' is expected and was not found");
        }
        if (!cursor.take('[')) {
            throw body.formatError("Expecting 'examples' value to be an list/array");
        }
        if (cursor.peek() == ']') {
            throw body.formatError("'examples' value is an empty array");
        }
        List<byte[]> examples = new ArrayList<>();
        ExampleReader reader = new ExampleReader(cursor);
        do {
            Map<String, Feature> features = new HashMap<>(shared);
            features.putAll(reader.read());
            examples.add(Example.of(features).encode());
        } while (cursor.nextOrClose(']'));
        return examples.toArray(byte[][]::new);
    }
}
