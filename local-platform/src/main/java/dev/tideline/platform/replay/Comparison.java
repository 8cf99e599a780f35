package dev.tideline.platform.replay;

import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares logged outputs with a row of a predict answer. */
final class Comparison {

    private final double tolerance;

    Comparison(double tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * @param row an element of {@code predictions}: a value when the signature has one output, else an object
     * @return whether every logged output is there and equal, numbers within the tolerance
     */
    boolean same(Map<String, Feature> logged, JsonNode row) {
        for (var output : logged.entrySet()) {
            var there = row.isObject() && !row.has("b64") ? row.path(output.getKey()) : row;
            var leaves = new ArrayList<JsonNode>();
            leaves(there, leaves);
            if (!same(output.getValue(), leaves)) {
                return false;
            }
        }
        return true;
    }

    private static void leaves(JsonNode node, List<JsonNode> into) {
        if (node.isArray()) {
            node.forEach(element -> leaves(element, into));
        } else if (!node.isMissingNode()) {
            into.add(node);
        }
    }

    private boolean same(Feature logged, List<JsonNode> leaves) {
        return switch (logged) {
            case Feature.Floats floats -> {
                boolean same = floats.values().length == leaves.size();
                for (int i = 0; same && i < leaves.size(); i++) {
                    same = near(floats.values()[i], number(leaves.get(i)));
                }
                yield same;
            }
            case Feature.Longs longs -> {
                boolean same = longs.values().length == leaves.size();
                for (int i = 0; same && i < leaves.size(); i++) {
                    same = longs.values()[i] == (leaves.get(i).isBoolean() ? leaves.get(i).asBoolean() ? 1 : 0 : leaves.get(i).asLong(Long.MIN_VALUE));
                }
                yield same;
            }
            case Feature.Bytes bytes -> {
                boolean same = bytes.values().length == leaves.size();
                for (int i = 0; same && i < leaves.size(); i++) {
                    var text = leaves.get(i).isObject() ? new String(Base64.getDecoder().decode(leaves.get(i).path("b64").asString("")),
                            StandardCharsets.ISO_8859_1) : new String(leaves.get(i).asString("").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                    same = text.equals(new String(bytes.values()[i], StandardCharsets.ISO_8859_1));
                }
                yield same;
            }
        };
    }

    private static double number(JsonNode leaf) {
        return leaf.isNumber() ? leaf.asDouble() : Double.parseDouble(leaf.asString("NaN"));
    }

    private boolean near(double logged, double there) {
        return Double.compare(logged, there) == 0 || Math.abs(logged - there) <= tolerance * Math.max(1, Math.abs(logged));
    }
}
