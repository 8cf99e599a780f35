package dev.tideline.training.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where two JSON values differ. Pure. */
final class JsonDiff {

    private JsonDiff() {}

    /** @param left null: absent there */
    record Difference(String pointer, @Nullable JsonNode left, @Nullable JsonNode right) {}

    static List<Difference> of(JsonNode left, JsonNode right) {
        var found = new ArrayList<Difference>();
        compare("", left, right, found);
        return found;
    }

    private static void compare(String pointer, @Nullable JsonNode left, @Nullable JsonNode right, List<Difference> found) {
        if (left != null && right != null && left.isObject() && right.isObject()) {
            var names = new TreeSet<>(left.propertyNames());
            names.addAll(right.propertyNames());
            names.forEach(name -> compare(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), left.get(name), right.get(name), found));
        } else if (left != null && right != null && left.isArray() && right.isArray()) {
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                compare(pointer + "/" + i, left.get(i), right.get(i), found);
            }
        } else if (left == null ? right != null : !left.equals(right)) {
            found.add(new Difference(pointer, left, right));
        }
    }
}
