package dev.tideline.platform.demo;

import tools.jackson.databind.node.ObjectNode;

/** Fits an inferred schema to a replay. */
final class CsvSchema {

    private CsvSchema() {}

    /**
     * Key and time become optional, because a joined prediction comes back without them. Inputs with gaps get a default, because
     * a client must send every input.
     */
    static void relax(ObjectNode schema) {
        var label = schema.path("label").asString("");
        var key = schema.path("key").asString("");
        var time = schema.path("time").asString("");
        for (var node : schema.get("features")) {
            var feature = (ObjectNode) node;
            var name = feature.get("name").stringValue();
            if (name.equals(key) || name.equals(time)) {
                feature.put("required", false);
            } else if (!name.equals(label) && !feature.path("required").booleanValue(true)) {
                switch (feature.get("kind").stringValue()) {
                    case "FLOAT" -> feature.put("default", 0.0);
                    case "INT" -> feature.put("default", 0);
                    default -> feature.put("default", "");
                }
            }
        }
    }
}
