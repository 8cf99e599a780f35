package dev.tideline.monitoring.backtest;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The model of a backtest when the person gives none: two dense layers over every column that can be one. */
final class DefaultDefinition {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** An integer with no more values than this is taken as a category. */
    private static final int MAX_CATEGORIES = 24;
    /** A text with more values than this is a name or a remark. */
    private static final int MAX_WORDS = 256;

    private DefaultDefinition() {}

    static ObjectNode of(History history, int past, long seed) {
        ObjectNode definition = (ObjectNode) JSON.readTree("""
                {"layers":[{"dense":{"units":64,"activation":"relu","l2":0.0005,"groupLasso":0.01}},
                           {"dense":{"units":32,"activation":"relu","l2":0.0005}}],
                 "optimizer":{"adam":{"learningRate":{"cosine":{"rate":0.015}}}},
                 "training":{"epochs":60,"batchSize":32,"replicas":1,"refit":true},
                 "gate":{"metric":"accuracy","confidence":0.8}}""");
        ((ObjectNode) definition.get("training")).put("seed", seed);
        definition.put("dataset", "backtest");
        boolean binary = new HashSet<>(history.labels()).size() == 2;
        definition.putObject("head").putObject(binary ? "binary" : "multiclass");
        ArrayNode inputs = definition.putArray("inputs");
        for (FeatureSpec feature : history.schema().inputs()) {
            int values = distinct(feature, history.rows().subList(0, past));
            if (feature.kind() == Kind.TEXT && values > MAX_WORDS) {
                continue;
            }
            ObjectNode input = inputs.addObject().put("feature", feature.name());
            if (feature.kind() == Kind.TEXT || feature.kind() == Kind.INT && values > 1 && values <= MAX_CATEGORIES) {
                input.putObject("transform").putObject("vocabulary").put("oov", 1);
            } else {
                input.put("transform", "standardise");
            }
        }
        if (inputs.isEmpty()) {
            throw new BacktestException("--csv: no column beside the label that a model could use (expected: numbers with a decimal point, or texts that repeat)");
        }
        return definition;
    }

    /** A line about each column that the default network does not use. */
    static List<String> leftOut(History history, JsonNode definition) {
        Set<String> used = new HashSet<>();
        definition.get("inputs").forEach(input -> used.add(input.get("feature").asString()));
        return history.schema().inputs().stream().map(FeatureSpec::name).filter(name -> !used.contains(name))
                .map(name -> "column " + name + " has more than " + MAX_WORDS + " different texts and is no input of the default network").toList();
    }

    private static int distinct(FeatureSpec feature, List<Example> rows) {
        Set<String> values = new HashSet<>();
        for (Example row : rows) {
            values.add(String.valueOf((Object) row.feature(feature.name())));
        }
        return values.size();
    }
}
