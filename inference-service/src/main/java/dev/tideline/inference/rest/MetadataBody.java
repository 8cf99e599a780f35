package dev.tideline.inference.rest;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.SortedMap;

/** The answer to a metadata call, as protobuf's JSON printer writes {@code GetModelMetadataResponse}. */
final class MetadataBody {

    private final JsonWriter json = new JsonWriter(4096, 1);

    private MetadataBody() {}

    static byte[] write(Servable servable) {
        return new MetadataBody().writeAll(servable);
    }

    private byte[] writeAll(Servable servable) {
        json.startObject();
        json.key("model_spec");
        json.startObject();
        text("name", servable.id().model());
        text("signature_name", "");
        text("version", Long.toString(servable.id().version()));
        json.endObject();
        json.key("metadata");
        json.startObject();
        json.key("signature_def");
        json.startObject();
        json.key("signature_def");
        json.startObject();
        servable.signatures().values().forEach(this::signature);
        json.endObject();
        json.endObject();
        json.endObject();
        json.endObject();
        return json.toLine();
    }

    private void signature(Signature signature) {
        json.key(signature.name());
        json.startObject();
        specs("inputs", signature.inputs());
        specs("outputs", signature.outputs());
        text("method_name", signature.method());
        json.key("defaults");
        json.startObject();
        json.endObject();
        json.endObject();
    }

    private void specs(String key, SortedMap<String, TensorSpec> specs) {
        json.key(key);
        json.startObject();
        for (TensorSpec spec : specs.values()) {
            json.key(spec.alias());
            json.startObject();
            text("dtype", spec.type().protoName());
            json.key("tensor_shape");
            shape(spec.shape());
            text("name", spec.node());
            json.endObject();
        }
        json.endObject();
    }

    private void shape(SpecShape shape) {
        json.startObject();
        json.key("dim");
        json.startList();
        for (SpecShape.Dimension dimension : shape.dimensions()) {
            json.startObject();
            text("size", Long.toString(dimension.size()));
            text("name", dimension.name());
            json.endObject();
        }
        json.endList();
        json.key("unknown_rank");
        json.bool(shape.unknownRank());
        json.endObject();
    }

    private void text(String key, String value) {
        json.key(key);
        json.string(value);
    }
}
