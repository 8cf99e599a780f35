package dev.tideline.platform.demo;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which columns a model of a CSV file gets, and how. Chosen once, so that every version takes the same inputs: a column that is
 * constant in the past may come alive later, and a client must not have to know.
 */
final class CsvInputs {

    private static final int MAX_CATEGORIES = 24;
    private static final int MAX_WORDS = 256;

    private CsvInputs() {}

    /** All inputs of the schema except texts that hardly ever repeat, such as names and remarks. */
    static List<FeatureSpec> choose(List<FeatureSpec> inputs, List<ObjectNode> past) {
        return inputs.stream().filter(input -> input.kind() != Kind.TEXT || distinct(input, past) <= Math.max(MAX_WORDS, past.size() / 2))
                .filter(input -> input.kind() != Kind.BYTES).toList();
    }

    /** As {@code inputs} of a model definition. */
    static ArrayNode definition(List<FeatureSpec> inputs, List<ObjectNode> past) {
        var array = Json.MAPPER.createArrayNode();
        for (var input : inputs) {
            var category = input.kind() == Kind.TEXT || input.kind() == Kind.INT && isCategory(input, past);
            var entry = array.addObject().put("feature", input.name());
            if (category) {
                entry.set("transform", Json.object("{\"vocabulary\":{\"oov\":1}}"));
            } else {
                entry.put("transform", "standardise");
            }
        }
        return array;
    }

    private static boolean isCategory(FeatureSpec input, List<ObjectNode> past) {
        var distinct = distinct(input, past);
        return distinct > 1 && distinct <= MAX_CATEGORIES;
    }

    private static int distinct(FeatureSpec input, List<ObjectNode> past) {
        var values = new HashSet<String>();
        for (var row : past) {
            values.add(row.path(input.name()).asString(""));
        }
        return values.size();
    }

    /** What a client sends for a row; gaps are filled with the defaults of the schema. */
    static ObjectNode request(ObjectNode whole, List<FeatureSpec> inputs) {
        var node = Json.MAPPER.createObjectNode();
        for (var input : inputs) {
            var value = whole.get(input.name());
            node.set(input.name(), value == null ? Json.MAPPER.valueToTree(input.defaultValue()) : value);
        }
        return node;
    }

    /** Makes columns optional that no client sends: their rows come back without them. */
    static void relaxUnused(ObjectNode schema, List<FeatureSpec> all, List<FeatureSpec> used) {
        var unused = new ArrayList<>(all.stream().map(FeatureSpec::name).toList());
        unused.removeAll(used.stream().map(FeatureSpec::name).toList());
        schema.get("features").forEach(feature -> {
            if (unused.contains(feature.get("name").stringValue())) {
                ((ObjectNode) feature).put("required", false);
            }
        });
    }
}
