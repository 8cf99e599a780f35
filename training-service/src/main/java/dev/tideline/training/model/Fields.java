package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One JSON object that is read field by field. A wrong field is noted as a problem and answered with its default, so that reading
 * goes on and finds the other problems too.
 */
final class Fields {

    private static final String TEXT = "a text that is not blank and has no U+0000";

    private final JsonNode node;
    private final String pointer;
    private final List<Problem> problems;
    private final Set<String> known = new HashSet<>();

    Fields(@Nullable JsonNode node, String pointer, List<Problem> problems) {
        this.pointer = pointer;
        this.problems = problems;
        if (node == null || node.isMissingNode() || node.isNull()) {
            this.node = JsonNodeFactory.instance.objectNode();
        } else if (node.isObject()) {
            this.node = node;
        } else {
            this.node = JsonNodeFactory.instance.objectNode();
            problem("WRONG_TYPE", "", node, "an object");
        }
    }

    String pointer() {
        return pointer;
    }

    List<Problem> problems() {
        return problems;
    }

    @Nullable JsonNode node(String name) {
        known.add(name);
        var value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    Fields object(String name) {
        return new Fields(node(name), pointer + "/" + name, problems);
    }

    int integer(String name, int fallback, int min, int max) {
        return (int) whole(name, fallback, min, max);
    }

    long whole(String name, long fallback, long min, long max) {
        var value = node(name);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            problem("WRONG_TYPE", name, value, "a whole number from " + min + " to " + max);
            return fallback;
        }
        if (value.longValue() < min || value.longValue() > max) {
            problem("OUT_OF_RANGE", name, value, "a whole number from " + min + " to " + max);
            return fallback;
        }
        return value.longValue();
    }

    double number(String name, double fallback, double min, double max) {
        var value = node(name);
        if (value == null) {
            return fallback;
        }
        String expected = "a number from " + min + " to " + max;
        if (!value.isNumber()) {
            problem("WRONG_TYPE", name, value, expected);
            return fallback;
        }
        if (!(value.doubleValue() >= min && value.doubleValue() <= max)) {
            problem("OUT_OF_RANGE", name, value, expected);
            return fallback;
        }
        return value.doubleValue();
    }

    boolean flag(String name, boolean fallback) {
        var value = node(name);
        if (value == null) {
            return fallback;
        }
        if (!value.isBoolean()) {
            problem("WRONG_TYPE", name, value, "true or false");
            return fallback;
        }
        return value.booleanValue();
    }

    /** Definitions are kept by PostgreSQL, whose text has no U+0000. */
    private static boolean isText(JsonNode value) {
        return value.isString() && !value.stringValue().isBlank() && value.stringValue().indexOf('\0') < 0;
    }

    @Nullable String text(String name) {
        var value = node(name);
        if (value == null) {
            return null;
        }
        if (!isText(value)) {
            problem("WRONG_TYPE", name, value, TEXT);
            return null;
        }
        return value.stringValue();
    }

    /** One of the constants, written in lower case. */
    <E extends Enum<E>> E choice(String name, E[] choices, E fallback) {
        var value = node(name);
        if (value == null) {
            return fallback;
        }
        for (var choice : choices) {
            if (value.isString() && text(choice).equals(value.stringValue())) {
                return choice;
            }
        }
        problem("UNKNOWN_VALUE", name, value, "one of " + Arrays.stream(choices).map(Fields::text).toList());
        return fallback;
    }

    /** How a definition writes a constant. */
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    String requiredText(String name) {
        if (node(name) == null) {
            problem("MISSING", name, null, TEXT);
            return "";
        }
        var text = text(name);
        return text == null ? "" : text;
    }

    /** Empty when the field is absent. */
    List<String> texts(String name, int limit) {
        var value = node(name);
        if (value == null) {
            return List.of();
        }
        String expected = "an array of 1 to " + limit + " texts that are not blank";
        if (!value.isArray()) {
            problem("WRONG_TYPE", name, value, expected);
            return List.of();
        }
        if (value.isEmpty() || value.size() > limit) {
            problem("OUT_OF_RANGE", name, value, expected);
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < value.size(); i++) {
            var item = value.get(i);
            if (!isText(item)) {
                problems.add(new Problem("WRONG_TYPE", pointer + "/" + name + "/" + i, item.toString(), TEXT));
            } else {
                texts.add(item.stringValue());
            }
        }
        return texts;
    }

    /** Notes every field that nobody asked for: most likely a misspelt one. */
    void done() {
        for (var name : node.propertyNames()) {
            if (!known.contains(name)) {
                problem("UNKNOWN_FIELD", name, node.get(name), "one of " + known.stream().sorted().toList());
            }
        }
    }

    void problem(String code, String name, @Nullable JsonNode value, String expected) {
        // RFC 6901: names of a user may hold both characters.
        var place = name.isEmpty() ? pointer : pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        problems.add(new Problem(code, place, value == null ? "absent" : value.toString(), expected));
    }
}
