package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicySchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void namesEveryKeyOfAPolicyWithItsDefault() throws IOException {
        TreeMap<String, String> published = new TreeMap<>();
        try (var file = PolicySchemaTest.class.getResourceAsStream("/" + PolicySchemaController.FILE)) {
            defaults(JSON.readTree(file), "", published);
        }
        TreeMap<String, String> real = new TreeMap<>();
        leaves(JSON.valueToTree(RetrainingPolicy.defaults()), "", real);
        assertThat(published).isEqualTo(real);
    }

    private static void defaults(JsonNode schema, String at, TreeMap<String, String> into) {
        assertThat(schema.get("additionalProperties").booleanValue()).as(at).isFalse();
        schema.get("properties").properties().forEach(property -> {
            JsonNode part = property.getValue();
            assertThat(part.path("description").asString("")).as(at + "/" + property.getKey()).isNotEmpty();
            if (part.has("properties")) {
                defaults(part, at + "/" + property.getKey(), into);
            } else {
                into.put(at + "/" + property.getKey(), part.get("default").toString());
            }
        });
    }

    private static void leaves(JsonNode node, String at, TreeMap<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(property -> leaves(property.getValue(), at + "/" + property.getKey(), into));
        } else {
            into.put(at, node.toString());
        }
    }
}
