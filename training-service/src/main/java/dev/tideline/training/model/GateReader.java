package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import dev.tideline.training.model.GateRule.Limit;
import dev.tideline.training.model.GateRule.SliceBy;
import dev.tideline.training.model.GateRule.UnusableChampion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the {@code gate} of a definition. */
final class GateReader {

    private static final int MAX_SLICES = 50;

    private final Fields fields;
    private final List<String> metrics;

    private GateReader(Fields fields, List<String> metrics) {
        this.fields = fields;
        this.metrics = metrics;
    }

    static GateRule read(Fields fields, Head head) {
        return new GateReader(fields, Metrics.names(head)).read();
    }

    private GateRule read() {
        var metric = metric(fields, metrics.getFirst());
        double improvement = fields.number("minimumImprovement", 0, -Double.MAX_VALUE, Double.MAX_VALUE);
        double confidence = fields.number("confidence", GateRule.CONFIDENCE, 0.5, 0.9999);
        int examples = fields.integer("minimumExamples", GateRule.MINIMUM_EXAMPLES, 1, 1_000_000);
        var unusable = unusable();
        var slices = slices();
        int rows = fields.integer("minimumSliceRows", GateRule.MINIMUM_SLICE_ROWS, 1, 1_000_000);
        var limits = new ArrayList<>(thresholds());
        limits.addAll(limits(slices));
        fields.done();
        return new GateRule(metric, improvement, confidence, examples, unusable, slices, rows, limits);
    }

    private String metric(Fields from, String fallback) {
        var metric = from.text("metric");
        if (metric != null && !metrics.contains(metric)) {
            from.problem("UNKNOWN_VALUE", "metric", from.node("metric"), "one of " + metrics);
        }
        return metric == null ? fallback : metric;
    }

    private UnusableChampion unusable() {
        var text = fields.text("unusableChampion");
        return switch (text) {
            case null -> UnusableChampion.REFUSE;
            case "refuse" -> UnusableChampion.REFUSE;
            case "replace" -> UnusableChampion.REPLACE;
            default -> {
                fields.problem("UNKNOWN_VALUE", "unusableChampion", fields.node("unusableChampion"), "one of [refuse, replace]");
                yield UnusableChampion.REFUSE;
            }
        };
    }

    private List<SliceBy> slices() {
        var slices = new ArrayList<SliceBy>();
        var seen = new HashSet<String>();
        for (var slice : items("slices")) {
            var feature = slice.requiredText("feature");
            slices.add(new SliceBy(feature, slice.integer("parts", 5, 1, MAX_SLICES)));
            if (!seen.add(feature)) {
                fields.problems().add(new Problem("DUPLICATE", slice.pointer() + "/feature", feature, "each feature once"));
            }
            slice.done();
        }
        return slices;
    }

    private List<Limit> thresholds() {
        var limits = new ArrayList<Limit>();
        var given = fields.object("thresholds");
        for (var name : metrics) {
            double value = given.number(name, Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
            if (!Double.isNaN(value)) {
                limits.add(Limit.worst(name, value));
            }
        }
        given.done();
        return limits;
    }

    private List<Limit> limits(List<SliceBy> slices) {
        var features = slices.stream().map(SliceBy::feature).toList();
        var limits = new ArrayList<Limit>();
        for (var limit : items("limits")) {
            if (limit.node("metric") == null) {
                limit.problem("MISSING", "metric", null, "one of " + metrics);
            }
            var metric = metric(limit, metrics.getFirst());
            var of = limit.text("slices");
            if (of != null && !GateRule.EVERY_SLICE.equals(of) && !features.contains(of)) {
                limit.problem("UNKNOWN_VALUE", "slices", limit.node("slices"), "\"*\", or one of the gate's slices " + features);
            }
            var worst = number(limit, "worst", -Double.MAX_VALUE);
            var loss = number(limit, "maximumLoss", 0);
            var share = number(limit, "maximumShare", 0);
            if (worst == null && loss == null && share == null) {
                limit.problem("MISSING", "", null, "at least one of worst, maximumLoss, maximumShare");
            }
            limit.done();
            limits.add(new Limit(metric, of, worst, loss, share));
        }
        return limits;
    }

    private static @Nullable Double number(Fields limit, String name, double least) {
        double value = limit.number(name, Double.NaN, least, Double.MAX_VALUE);
        return Double.isNaN(value) ? null : (Double) value;
    }

    private List<Fields> items(String name) {
        JsonNode node = fields.node(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            fields.problem("WRONG_TYPE", name, node, "an array");
            return List.of();
        }
        var items = new ArrayList<Fields>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Fields(node.get(i), fields.pointer() + "/" + name + "/" + i, fields.problems()));
        }
        return items;
    }
}
