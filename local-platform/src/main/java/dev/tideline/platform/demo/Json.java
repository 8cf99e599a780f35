package dev.tideline.platform.demo;

import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this package writes and reads it. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    static ObjectNode object(String json) {
        return (ObjectNode) MAPPER.readTree(json);
    }

    static ObjectNode object(Map<String, ? extends JsonNode> fields) {
        var object = MAPPER.createObjectNode();
        fields.forEach(object::set);
        return object;
    }
}
