package dev.tideline.features;

import dev.tideline.contracts.Problem;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns records of one schema from JSON into Examples and back, and names everything that is wrong with them. Thread-safe. */
public final class RecordConverter {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

    /** Names that are listed; a record of nothing but wrong names would fill the memory with problems. */
    private static final int MAX_UNKNOWN = 100;
    private static final Pattern PARSER_TALK = Pattern.compile(
            ", from `StreamReadConstraints\\.\\w+\\(\\)`|(: enable `| \\(consider enabling `| \\([\\w ]* at \\[Source"
            + "| for `?ObjectNode`?| \\(bound as | \\(`JsonToken\\.).*");

    private final Schema schema;
    private final List<FeatureConverter> converters;
    private final Set<String> names;

    public RecordConverter(Schema schema) {
        this.schema = schema;
        this.converters = schema.features().stream().map(FeatureConverter::new).toList();
        this.names = new HashSet<>(schema.features().stream().map(FeatureSpec::name).toList());
    }

    public Schema schema() {
        return schema;
    }

    /** Parses and converts one JSON object. */
    public Conversion fromJson(byte[] json) {
        try {
            return fromJson(JSON.readTree(json));
        } catch (JacksonException e) {
            return new Conversion.Invalid(List.of(new Problem("MALFORMED_JSON", "", reason(e), "a JSON object")));
        }
    }

    /** Why text is no JSON, in one line and without the names of the parser's own settings. */
    public static String reason(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return PARSER_TALK.matcher(message).replaceAll("");
    }

    /**
     * Converts a JSON object: numbers, strings, booleans (as 0 and 1) and nested arrays of a feature's shape. Null counts as
     * absent. Unknown names are problems, since they are mistakes more often than not.
     */
    public Conversion fromJson(JsonNode json) {
        if (!json.isObject()) {
            return new Conversion.Invalid(List.of(new Problem("MALFORMED_JSON", "", json.toString(), "a JSON object")));
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Feature> features = HashMap.newHashMap(converters.size());
        int known = 0;
        for (FeatureConverter converter : converters) {
            JsonNode value = json.path(converter.name());
            known += value.isMissingNode() ? 0 : 1;
            Feature feature = converter.fromJson(value, problems);
            if (feature != null) {
                features.put(converter.name(), feature);
            }
        }
        if (json.size() > known) {
            json.propertyNames().stream().filter(name -> !names.contains(name)).limit(MAX_UNKNOWN).forEach(name -> problems.add(
                    new Problem("UNKNOWN_FEATURE", pointer(name), json.path(name).toString(), "a feature of the schema")));
        }
        return problems.isEmpty() ? new Conversion.Converted(Example.of(features)) : new Conversion.Invalid(problems);
    }

    /** Checks an Example against the schema and fills in defaults; a converted result equals the input otherwise. */
    public Conversion check(Example example) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Feature> features = HashMap.newHashMap(converters.size());
        for (FeatureConverter converter : converters) {
            Feature feature = converter.check(example.feature(converter.name()), problems);
            if (feature != null) {
                features.put(converter.name(), feature);
            }
        }
        example.features().forEach((name, feature) -> {
            if (!names.contains(name)) {
                problems.add(new Problem("UNKNOWN_FEATURE", pointer(name), feature.toString(), "a feature of the schema"));
            }
        });
        return problems.isEmpty() ? new Conversion.Converted(Example.of(features)) : new Conversion.Invalid(problems);
    }

    /** The JSON form of an Example; features that the schema does not know are left out. */
    public ObjectNode toJson(Example example) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (FeatureSpec spec : schema.features()) {
            Feature feature = example.feature(spec.name());
            if (feature != null && !feature.isEmpty()) {
                ArrayNode values = values(spec, feature);
                json.set(spec.name(), spec.shape().isEmpty() ? values.get(0) : nest(values, spec.shape(), 0, new int[1]));
            }
        }
        return json;
    }

    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static ArrayNode values(FeatureSpec spec, Feature feature) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        switch (feature) {
            case Feature.Floats floats -> {
                for (float value : floats.values()) {
                    array.add(value);
                }
            }
            case Feature.Longs longs -> {
                for (long value : longs.values()) {
                    array.add(value);
                }
            }
            case Feature.Bytes bytes -> {
                for (int i = 0; i < bytes.size(); i++) {
                    array.add(spec.kind() == Kind.TEXT ? bytes.text(i) : Base64.getEncoder().encodeToString(bytes.values()[i]));
                }
            }
        }
        return array;
    }

    private static JsonNode nest(ArrayNode flat, List<Integer> shape, int depth, int[] next) {
        if (depth == shape.size()) {
            JsonNode value = flat.get(next[0]++);
            return value == null ? JsonNodeFactory.instance.nullNode() : value;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < shape.get(depth); i++) {
            array.add(nest(flat, shape, depth + 1, next));
        }
        return array;
    }
}
