package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A choice written as {@code "name"}, or as {@code {"name": {…its fields…}}}. */
record Variant(String name, Fields fields) {

    /** Null, and a problem noted, when the node is neither form. */
    static @Nullable Variant read(JsonNode node, String pointer, List<Problem> problems) {
        if (node.isString()) {
            return new Variant(node.stringValue(), new Fields(null, pointer, problems));
        }
        if (node.isObject() && node.size() == 1) {
            var name = node.propertyNames().iterator().next();
            return new Variant(name, new Fields(node.get(name), pointer + "/" + name, problems));
        }
        problems.add(new Problem("WRONG_TYPE", pointer, node.toString(), "a name, or an object with one field"));
        return null;
    }

    /** Notes that the name is not among the choices. */
    void unknown(List<String> choices) {
        String pointer = fields.pointer();
        fields.problems().add(new Problem("UNKNOWN_VALUE", pointer, name, "one of " + choices));
    }
}
