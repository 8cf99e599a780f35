package dev.tideline.training.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class HeadReader {

    static final int MAX_LABELS = 1_000;
    static final int MAX_QUANTILES = 99;
    private static final double MAX_WEIGHT = 1e6;
    private static final List<String> CHOICES = List.of("binary", "multiclass", "multilabel", "regression", "quantile");
    private static final Head FALLBACK = new Head.Binary(null);

    private HeadReader() {}

    static Head read(Fields owner) {
        var node = owner.node("head");
        if (node == null) {
            owner.problem("MISSING", "head", null, "one of " + CHOICES);
            return FALLBACK;
        }
        var variant = Variant.read(node, owner.pointer() + "/head", owner.problems());
        if (variant == null) {
            return FALLBACK;
        }
        var fields = variant.fields();
        Head head = switch (variant.name()) {
            case "binary" -> new Head.Binary(fields.text("positive"), weights(fields));
            case "multiclass" -> new Head.Multiclass(weights(fields));
            case "multilabel" -> new Head.Multilabel(labels(fields), weights(fields));
            case "regression" -> new Head.Regression();
            case "quantile" -> new Head.Quantile(quantiles(fields));
            default -> {
                variant.unknown(CHOICES);
                yield FALLBACK;
            }
        };
        fields.done();
        return head;
    }

    private static ClassWeights weights(Fields fields) {
        var node = fields.node("classWeights");
        if (node == null) {
            return ClassWeights.none();
        }
        if (node.isString() && node.stringValue().equals("balanced")) {
            return new ClassWeights.Balanced();
        }
        if (!node.isObject()) {
            fields.problem("WRONG_TYPE", "classWeights", node, "\"balanced\", or an object of classes and their weights");
            return ClassWeights.none();
        }
        var given = fields.object("classWeights");
        var factors = new TreeMap<String, Double>();
        for (var name : node.propertyNames()) {
            factors.put(name, given.number(name, 1, 0, MAX_WEIGHT));
        }
        return new ClassWeights.Given(factors);
    }

    private static List<String> labels(Fields fields) {
        var labels = fields.texts("labels", MAX_LABELS);
        if (labels.stream().distinct().count() < labels.size()) {
            fields.problem("DUPLICATE", "labels", fields.node("labels"), "each label once");
        }
        return labels;
    }

    private static List<Double> quantiles(Fields fields) {
        var node = fields.node("quantiles");
        String expected = "1 to " + MAX_QUANTILES + " numbers above 0 and below 1, strictly rising";
        if (node == null) {
            return List.of(0.1, 0.5, 0.9);
        }
        var quantiles = new ArrayList<Double>();
        if (node.isArray()) {
            node.forEach(each -> quantiles.add(quantile(each)));
        }
        boolean rising = !quantiles.isEmpty() && quantiles.size() <= MAX_QUANTILES;
        for (int i = 0; i < quantiles.size() && rising; i++) {
            rising = quantiles.get(i) > (i == 0 ? 0 : quantiles.get(i - 1)) && quantiles.get(i) < 1;
        }
        if (!rising) {
            fields.problem(node.isArray() ? "OUT_OF_RANGE" : "WRONG_TYPE", "quantiles", node, expected);
            return List.of(0.5);
        }
        return quantiles;
    }

    private static double quantile(@Nullable JsonNode node) {
        return node != null && node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
