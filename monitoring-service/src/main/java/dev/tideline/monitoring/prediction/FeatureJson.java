package dev.tideline.monitoring.prediction;

import dev.tideline.tfrecord.Feature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Features of an Example for people: a single value as itself, several as an array, bytes as text where they are. */
final class FeatureJson {

    /** Values that are shown of one feature; a picture has more than anybody reads. */
    static final int MAX_VALUES = 1_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FeatureJson() {}

    static JsonNode of(Feature feature) {
        ArrayNode values = JSON.arrayNode();
        for (int i = 0; i < Math.min(feature.size(), MAX_VALUES); i++) {
            values.add(value(feature, i));
        }
        return feature.size() == 1 ? values.get(0) : values;
    }

    private static JsonNode value(Feature feature, int index) {
        return switch (feature) {
            case Feature.Floats floats -> number(floats.values()[index]);
            case Feature.Longs longs -> JSON.numberNode(longs.values()[index]);
            case Feature.Bytes bytes -> text(bytes.values()[index]);
        };
    }

    /** JSON has no NaN and no infinity. */
    private static JsonNode number(float value) {
        return Float.isFinite(value) ? JSON.numberNode(value) : JSON.stringNode(Float.toString(value));
    }

    /** What is no UTF-8 as {@code {"b64":"…"}}, the form of TensorFlow Serving. */
    private static JsonNode text(byte[] bytes) {
        try {
            return JSON.stringNode(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            return JSON.objectNode().put("b64", Base64.getEncoder().encodeToString(bytes));
        }
    }
}
