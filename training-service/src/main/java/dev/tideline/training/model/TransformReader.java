package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

final class TransformReader {

    static final int DEFAULT_VOCABULARY = 256;
    private static final int MAX_WIDTH = 10_000;
    private static final int MAX_CROSSED = 8;
    private static final List<String> CHOICES =
        List.of("none", "standardise", "minMax", "log", "clip", "bucketise", "vocabulary", "hash", "embedding",
            "cross", "image");

    private TransformReader() {}

    static Transform read(JsonNode node, String pointer, List<Problem> problems) {
        var variant = Variant.read(node, pointer, problems);
        if (variant == null) {
            return new Transform.Identity();
        }
        var fields = variant.fields();
        Transform transform = switch (variant.name()) {
            case "none" -> new Transform.Identity();
            case "standardise" -> new Transform.Standardise(fields.number("clip", Transform.Standardise.CLIP, 0, 1e9));
            case "minMax" -> new Transform.MinMax();
            case "log" -> new Transform.Log();
            case "clip" -> clip(fields);
            case "bucketise" -> new Transform.Bucketise(fields.integer("count", 10, 2, 1_000));
            case "vocabulary" -> new Transform.Vocabulary(size(fields), oov(fields));
            case "hash" -> new Transform.Hash(fields.integer("buckets", 32, 1, MAX_WIDTH));
            case "embedding" -> new Transform.Embedding(fields.integer("dimensions", 8, 1, 1_024), size(fields), oov(fields));
            case "cross" -> new Transform.Cross(with(fields), fields.integer("buckets", 1_000, 1, MAX_WIDTH),
                fields.integer("bins", 10, 2, 1_000));
            case "image" -> image(fields);
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

    private static List<String> with(Fields fields) {
        if (fields.node("with") == null) {
            fields.problem("MISSING", "with", null, "an array of names of other features");
        }
        return fields.texts("with", MAX_CROSSED);
    }

    private static Transform image(Fields fields) {
        for (var side : List.of("height", "width")) {
            if (fields.node(side) == null) {
                fields.problem("MISSING", side, null, "pixels, from 1 to " + LayerReader.MAX_SIDE);
            }
        }
        int channels = fields.integer("channels", 3, 1, 4);
        if (channels == 2) {
            fields.problem("OUT_OF_RANGE", "channels", fields.node("channels"), "1 (grey), 3 (RGB) or 4 (RGBA)");
        }
        double min = fields.number("min", 0, -1e6, 1e6);
        double max = fields.number("max", 1, -1e6, 1e6);
        if (min >= max) {
            fields.problem("OUT_OF_RANGE", "max", fields.node("max"), "above min, " + min);
        }
        return new Transform.Image(fields.integer("height", 1, 1, LayerReader.MAX_SIDE), fields.integer("width", 1, 1, LayerReader.MAX_SIDE),
            channels, fields.choice("resize", Transform.Resize.values(), Transform.Resize.BILINEAR), min, max);
    }

    private static int size(Fields fields) {
        return fields.integer("size", DEFAULT_VOCABULARY, 1, MAX_WIDTH);
    }

    private static int oov(Fields fields) {
        return fields.integer("oov", 1, 0, 1_000);
    }
}
