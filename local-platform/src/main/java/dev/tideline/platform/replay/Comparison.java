package dev.tideline.platform.replay;

import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
            case Feature.Floats floats -> all(floats.values().length, leaves, (i, leaf) -> near(floats.values()[i], leaf));
            case Feature.Longs longs -> all(longs.values().length, leaves, (i, leaf) -> same(longs.values()[i], leaf));
            case Feature.Bytes bytes -> all(bytes.values().length, leaves, (i, leaf) -> same(bytes.values()[i], leaf));
        };
    }

    private interface Element {
        boolean same(int index, JsonNode leaf);
    }

    private static boolean all(int count, List<JsonNode> leaves, Element element) {
        return count == leaves.size() && IntStream.range(0, count).allMatch(i -> element.same(i, leaves.get(i)));
    }

    /** The number may be a text, as JSON has no NaN. */
    private boolean near(float logged, JsonNode leaf) {
        try {
            double there = leaf.isNumber() ? leaf.asDouble() : Double.parseDouble(leaf.asString(""));
            return Double.compare(logged, there) == 0
                    || Double.isFinite(logged) && Math.abs(logged - there) <= tolerance * Math.max(1, Math.abs(logged));
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static boolean same(long logged, JsonNode leaf) {
        return leaf.isBoolean() ? logged == (leaf.asBoolean() ? 1 : 0) : leaf.isIntegralNumber() && leaf.canConvertToLong() && logged == leaf.asLong();
    }

    private static boolean same(byte[] logged, JsonNode leaf) {
        try {
            return Arrays.equals(logged, leaf.isObject()
                    ? Base64.getDecoder().decode(leaf.path("b64").asString("")) : leaf.asString("").getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
