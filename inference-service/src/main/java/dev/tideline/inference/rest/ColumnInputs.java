package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code "inputs"}: a whole tensor per input by name, or the only one bare. */
final class ColumnInputs {

    private final JsonCursor cursor;
    private final JsonNumber number;
    private final Signature signature;

    ColumnInputs(JsonCursor cursor, Signature signature) {
        this.cursor = cursor;
        this.number = new JsonNumber(cursor.text());
        this.signature = signature;
    }

    Map<String, Tensor> read() {
        if (cursor.peek() == '{' && !Base64Object.at(cursor)) {
            return named();
        }
        if (signature.inputs().size() > 1) {
            throw StatusException.invalid("inputs is a plain value/list, but expecting an object as multiple input tensors required as"
                    + " per tensorinfo_map");
        }
        TensorSpec only = signature.inputs().firstEntry().getValue();
        return Map.of(only.alias(), new JsonTensor(only, number).whole(cursor));
    }

    /** Keys that the signature does not know are ignored; of twins the first counts. */
    private Map<String, Tensor> named() {
        Map<String, Tensor> inputs = LinkedHashMap.newLinkedHashMap(signature.inputs().size());
        cursor.take('{');
        if (!cursor.take('}')) {
            do {
                cursor.peek();
                String name = cursor.readText();
                cursor.take(':');
                TensorSpec spec = signature.inputs().get(name);
                if (spec == null || inputs.containsKey(name)) {
                    cursor.skipValue();
                } else {
                    inputs.put(name, new JsonTensor(spec, number).whole(cursor));
                }
            } while (cursor.nextOrClose('}'));
        }
        for (String name : signature.inputs().keySet()) {
            if (!inputs.containsKey(name) && !signature.defaults().containsKey(name)) {
                throw StatusException.invalid("Missing named input: " + name + " in 'inputs' object.");
            }
        }
        return inputs;
    }
}
