package dev.tideline.features;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the problems of one schema while reading it. */
final class SchemaReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\-]{0,99}");
    private static final String CODE = "INVALID_SCHEMA";
    /** Schemas are kept in PostgreSQL, whose text has no such character. */
    private static final String NO_NUL = "text without the character U+0000";
    private static final int MAX_FEATURES = 10_000;
    private static final int MAX_VALUES = 1 << 20;

    private final List<Problem> problems = new ArrayList<>();

    Schema read(JsonNode json) {
        List<FeatureSpec> features = new ArrayList<>();
        JsonNode list = json.path("features");
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_FEATURES) {
            problem("/features", list, "an array of 1 to " + MAX_FEATURES + " features");
        } else {
            for (int i = 0; i < list.size(); i++) {
                FeatureSpec feature = feature("/features/" + i, list.get(i));
                if (feature != null) {
                    features.add(feature);
                }
            }
        }
        Set<String> names = new HashSet<>();
        features.stream().filter(feature -> !names.add(feature.name())).forEach(feature ->
                problems.add(new Problem(CODE, "/features", feature.name(), "names that differ")));
        JsonNode version = json.path("version");
        if (!version.isMissingNode() && (!version.isInt() || version.intValue() < 1)) {
            problem("/version", version, "an integer from 1");
        }
        Schema schema = new Schema(version.isInt() ? version.intValue() : 1, features,
                role(json, "label", names), role(json, "key", names), role(json, "time", names));
        scalarRole(schema, "/label", schema.label());
        scalarRole(schema, "/key", schema.key());
        scalarRole(schema, "/time", schema.time());
        if (!problems.isEmpty()) {
            throw new InvalidSchemaException(problems);
        }
        return schema;
    }

    private @Nullable FeatureSpec feature(String pointer, JsonNode json) {
        int before = problems.size();
        JsonNode name = json.path("name");
        if (!name.isString() || !NAME.matcher(name.stringValue()).matches()) {
            problem(pointer + "/name", name, "a letter or '_', then up to 99 letters, digits or any of _ . -");
        }
        JsonNode kindNode = json.path("kind");
        Kind kind = Arrays.stream(Kind.values())
                .filter(candidate -> kindNode.isString() && candidate.name().equals(kindNode.stringValue()))
                .findFirst().orElse(null);
        if (kind == null) {
            problem(pointer + "/kind", kindNode, "one of " + Arrays.toString(Kind.values()));
        }
        List<Integer> shape = shape(pointer + "/shape", json.path("shape"));
        JsonNode required = json.path("required");
        if (!required.isMissingNode() && !required.isBoolean()) {
            problem(pointer + "/required", required, "true or false");
        }
        if (kind == null || problems.size() > before) {
            return null;
        }
        Domain domain = domain(pointer + "/domain", json.path("domain"), kind);
        Object defaultValue = defaultValue(pointer + "/default", json.path("default"), kind, shape);
        return new FeatureSpec(name.stringValue(), kind, shape,
                required.isMissingNode() ? defaultValue == null : required.booleanValue(), domain, defaultValue);
    }

    private List<Integer> shape(String pointer, JsonNode json) {
        List<Integer> shape = new ArrayList<>();
        if (json.isMissingNode()) {
            return shape;
        }
        long size = 1;
        for (JsonNode dimension : json) {
            boolean valid = dimension.isInt() && dimension.intValue() > 0;
            size = valid ? Math.min(size * dimension.intValue(), Long.MAX_VALUE >>> 32) : Long.MAX_VALUE >>> 32;
            shape.add(valid ? dimension.intValue() : 1);
        }
        if (!json.isArray() || size > MAX_VALUES) {
            problem(pointer, json, "an array of positive sizes, at most " + MAX_VALUES + " values together");
        }
        return shape;
    }

    private @Nullable Domain domain(String pointer, JsonNode json, Kind kind) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        boolean number = kind == Kind.FLOAT || kind == Kind.INT;
        JsonNode values = json.path("values");
        if (values.isArray() && !values.isEmpty() && kind != Kind.FLOAT && kind != Kind.BYTES) {
            List<String> allowed = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                allowed.add(allowed(pointer + "/values/" + i, values.get(i), kind));
            }
            return new Domain.Values(allowed);
        }
        Double min = json.path("min").isNumber() ? (Double) number(json.path("min")) : null;
        Double max = json.path("max").isNumber() ? (Double) number(json.path("max")) : null;
        boolean other = json.has("min") && min == null || json.has("max") && max == null || json.has("values");
        if (!number || other || (min == null && max == null) || (min != null && max != null && min > max)) {
            problem(pointer, json, number ? "{\"min\":a,\"max\":b} with a <= b, or {\"values\":[…]} for INT"
                    : "{\"values\":[…]} for TEXT, and none for BYTES");
            return null;
        }
        return new Domain.Range(min, max);
    }

    private String allowed(String pointer, JsonNode json, Kind kind) {
        String value = json.asString("");
        if (kind == Kind.INT && !isPlainLong(value)) {
            problem(pointer, json, "an integer, since the feature is INT");
        } else if (json.isContainer() || json.isNull()) {
            problem(pointer, json, "a string");
        } else if (value.indexOf('\0') >= 0) {
            problem(pointer, json, NO_NUL);
        }
        return value;
    }

    private @Nullable Object defaultValue(String pointer, JsonNode json, Kind kind, List<Integer> shape) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        if (!shape.isEmpty()) {
            problem(pointer, json, "no default, since the feature is no scalar");
            return null;
        }
        return switch (kind) {
            case FLOAT -> json.isNumber() && Float.isFinite((float) number(json)) ? (Object) number(json)
                    : wrong(pointer, json, "a number that has a place in a float32");
            case INT -> json.isIntegralNumber() && json.canConvertToLong() ? (Object) json.longValue()
                    : wrong(pointer, json, "an integer of 64 bits");
            case TEXT -> json.isString() && json.stringValue().indexOf('\0') < 0 ? json.stringValue()
                    : wrong(pointer, json, json.isString() ? NO_NUL : "a string");
            case BYTES -> wrong(pointer, json, "no default, since the feature is BYTES");
        };
    }

    private static double number(JsonNode json) {
        return json.isBigInteger() ? json.bigIntegerValue().doubleValue() : json.doubleValue();
    }

    private @Nullable Object wrong(String pointer, JsonNode json, String expected) {
        problem(pointer, json, expected);
        return null;
    }

    private @Nullable String role(JsonNode json, String role, Set<String> names) {
        JsonNode node = json.path(role);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString() || !names.contains(node.stringValue())) {
            problem("/" + role, node, "the name of one of the features");
            return null;
        }
        return node.stringValue();
    }

    private void scalarRole(Schema schema, String pointer, @Nullable String name) {
        if (name != null && schema.feature(name).filter(feature -> !feature.shape().isEmpty()).isPresent()) {
            problems.add(new Problem(CODE, pointer, name, "a scalar feature"));
        }
    }

    /** Values are compared as text, so that "007" would allow nothing. */
    private static boolean isPlainLong(String text) {
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void problem(String pointer, JsonNode value, String expected) {
        problems.add(new Problem(CODE, pointer, value.isMissingNode() ? "absent" : value.toString(), expected));
    }
}
