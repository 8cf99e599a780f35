package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

final class TransformReader {

    static final int DEFAULT_VOCABULARY = 256;
    private static final int MAX_WIDTH = 10_000;
    private static final List<String> CHOICES =
        List.of("none", "standardise", "minMax", "log", "clip", "bucketise", "vocabulary", "hash", "embedding");

    private TransformReader() {}

    static Transform read(JsonNode node, String pointer, List<Problem> problems) {
        var variant = Variant.read(node, pointer, problems);
        if (variant == null) {
            return new Transform.Identity();
        }
        var fields = variant.fields();
        Transform transform = switch (variant.name()) {
            case "none" -> new Transform.Identity();
            case "standardise" -> new Transform.Standardise();
            case "minMax" -> new Transform.MinMax();
            case "log" -> new Transform.Log();
            case "clip" -> clip(fields);
            case "bucketise" -> new Transform.Bucketise(fields.integer("count", 10, 2, 1_000));
            case "vocabulary" -> new Transform.Vocabulary(size(fields), oov(fields));
            case "hash" -> new Transform.Hash(fields.integer("buckets", 32, 1, MAX_WIDTH));
            case "embedding" -> new Transform.Embedding(fields.integer("dimensions", 8, 1, 1_024), size(fields), oov(fields));
            default -> {
                variant.unknown(CHOICES);
                yield new Transform.Identity();
            }
        };
        fields.done();
        return transform;
    }

    private static Transform clip(Fields fields) {
        double min = fields.number("min", 0, -Double.MAX_VALUE, Double.MAX_VALUE);
        double max = fields.number("max", 1, -Double.MAX_VALUE, Double.MAX_VALUE);
        if (min >= max) {
            fields.problem("OUT_OF_RANGE", "max", fields.node("max"), "above min, " + min);
        }
        return new Transform.Clip(min, max);
    }

    private static int size(Fields fields) {
        return fields.integer("size", DEFAULT_VOCABULARY, 1, MAX_WIDTH);
    }

    private static int oov(Fields fields) {
        return fields.integer("oov", 1, 0, 1_000);
    }
}
