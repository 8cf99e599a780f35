package dev.tideline.platform.replay;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes one row of a predict request from logged features, in the types and shapes that the signature's metadata tells. */
final class Instance {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Instance() {}

    /** @param signature as in the metadata answer: {@code inputs} by alias with {@code dtype} and {@code tensor_shape} */
    static String request(LoggedPrediction prediction, JsonNode signature) {
        var request = JSON.createObjectNode();
        if (!prediction.signature().isEmpty()) {
            request.put("signature_name", prediction.signature());
        }
        request.putArray("instances").add(row(prediction, signature.path("inputs")));
        return JSON.writeValueAsString(request);
    }

    private static JsonNode row(LoggedPrediction prediction, JsonNode inputs) {
        if (inputs.size() == 1 && !prediction.inputs().containsKey(inputs.propertyNames().iterator().next())) {
            // The features were inside of a serialised Example.
            return bytes(Example.of(prediction.inputs()).encode());
        }
        var row = JSON.createObjectNode();
        for (Map.Entry<String, Feature> input : prediction.inputs().entrySet()) {
            row.set(input.getKey(), value(input.getValue(), inputs.path(input.getKey())));
        }
        return row;
    }

    private static JsonNode value(Feature feature, JsonNode spec) {
        boolean bool = spec.path("dtype").asString("").equals("DT_BOOL");
        var flat = NODES.arrayNode();
        switch (feature) {
            case Feature.Floats floats -> {
                for (float value : floats.values()) {
                    flat.add(value);
                }
            }
            case Feature.Longs longs -> {
                for (long value : longs.values()) {
                    if (bool) {
                        flat.add(value != 0);
                    } else {
                        flat.add(value);
                    }
                }
            }
            case Feature.Bytes bytes -> {
                for (byte[] value : bytes.values()) {
                    flat.add(bytes(value));
                }
            }
        }
        var dims = spec.path("tensor_shape").path("dim");
        if (dims.size() <= 1) {
            return flat.size() == 1 ? flat.get(0) : flat;
        }
        return nest(flat, dims, dims.size() - 1);
    }

    /** Cuts the flat row into lists of the last dimensions' sizes; the first dimension of the row takes what there is. */
    private static JsonNode nest(ArrayNode flat, JsonNode dims, int dimension) {
        if (dimension <= 1) {
            return flat;
        }
        int size = Integer.parseInt(dims.get(dimension).path("size").asString("-1"));
        if (size <= 0) {
            return flat;
        }
        var outer = NODES.arrayNode();
        for (int from = 0; from < flat.size(); from += size) {
            var inner = outer.addArray();
            for (int i = from; i < Math.min(flat.size(), from + size); i++) {
                inner.add(flat.get(i));
            }
        }
        return nest(outer, dims, dimension - 1);
    }

    private static JsonNode bytes(byte[] value) {
        return JSON.createObjectNode().put("b64", Base64.getEncoder().encodeToString(value));
    }
}
