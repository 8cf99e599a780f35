package dev.tideline.features;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a schema. Writing is canonical: the same schema gives the same text. */
public final class SchemaCodec {

    private SchemaCodec() {}

    /**
     * Reads a schema and reports all that is wrong with it at once.
     *
     * @throws InvalidSchemaException with JSON pointers relative to {@code json}
     */
    public static Schema read(JsonNode json) {
        return new SchemaReader().read(json);
    }

    public static ObjectNode write(Schema schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", schema.version());
        ArrayNode features = json.putArray("features");
        schema.features().forEach(feature -> features.add(write(feature)));
        putIfPresent(json, "label", schema.label());
        putIfPresent(json, "key", schema.key());
        putIfPresent(json, "time", schema.time());
        return json;
    }

    private static ObjectNode write(FeatureSpec feature) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", feature.name());
        json.put("kind", feature.kind().name());
        if (!feature.shape().isEmpty()) {
            ArrayNode shape = json.putArray("shape");
            feature.shape().forEach(shape::add);
        }
        json.put("required", feature.required());
        Domain domain = feature.domain();
        if (domain != null) {
            json.set("domain", write(domain));
        }
        switch (feature.defaultValue()) {
            case null -> { }
            case Long number -> json.put("default", number);
            case Number number -> json.put("default", number.doubleValue());
            case Object text -> json.put("default", text.toString());
        }
        return json;
    }

    private static ObjectNode write(Domain domain) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (domain) {
            case Domain.Range(Double min, Double max) -> {
                if (min != null) {
                    json.put("min", min);
                }
                if (max != null) {
                    json.put("max", max);
                }
            }
            case Domain.Values(var values) -> {
                ArrayNode array = json.putArray("values");
                values.forEach(array::add);
            }
        }
        return json;
    }

    private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
