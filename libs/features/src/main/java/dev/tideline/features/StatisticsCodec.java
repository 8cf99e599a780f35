package dev.tideline.features;

import java.util.TreeMap;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of statistics: figures for people, sketches in base64 for merging. */
public final class StatisticsCodec {

    private static final double[] RANKS = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final int TOP = 20;
    private static final int BINS = 20;

    private StatisticsCodec() {}

    public static ObjectNode write(DatasetStatistics statistics) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("records", statistics.records());
        ObjectNode features = json.putObject("features");
        statistics.features().forEach((name, feature) -> features.set(name, write(feature)));
        return json;
    }

    /** @throws IllegalArgumentException when {@code json} was not written by {@link #write} */
    public static DatasetStatistics read(JsonNode json) {
        try {
            TreeMap<String, FeatureStatistics> features = new TreeMap<>();
            for (var entry : json.required("features").properties()) {
                features.put(entry.getKey(), readFeature(entry.getValue()));
            }
            return new DatasetStatistics(json.required("records").longValue(), features);
        } catch (JacksonException | org.apache.datasketches.common.SketchesException e) {
            throw new IllegalArgumentException("statistics: " + e.getMessage() + " (expected: what Tideline wrote)", e);
        }
    }

    private static ObjectNode write(FeatureStatistics feature) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (feature) {
            case NumericStatistics numeric -> {
                json.put("type", "numeric").put("count", numeric.count()).put("missing", numeric.missing())
                        .put("nonFinite", numeric.nonFinite()).put("zeros", numeric.zeros())
                        .put("mean", numeric.mean()).put("deviation", numeric.deviation()).put("m2", numeric.m2())
                        .put("min", numeric.min()).put("max", numeric.max());
                ArrayNode quantiles = json.putArray("quantiles");
                for (double rank : RANKS) {
                    quantiles.addObject().put("rank", rank).put("value", numeric.quantile(rank));
                }
                histogram(json, numeric.histogram(BINS));
                json.put("kll", numeric.sketchBytes());
                if (numeric.values() == null && numeric.distinct() >= 0) {
                    json.put("distinct", numeric.distinct());
                    ArrayNode top = json.putArray("top");
                    numeric.top(FewValues.LIMIT).forEach(value -> top.addObject().put("value", value.value()).put("count", value.count()));
                }
            }
            case TextStatistics text -> json.put("type", "text").put("count", text.count()).put("missing", text.missing())
                    .put("minLength", text.minLength()).put("maxLength", text.maxLength())
                    .put("meanLength", text.meanLength()).put("totalLength", text.totalLength());
        }
        ValueCounts values = feature.values();
        if (values != null) {
            json.put("distinct", values.distinct());
            ArrayNode top = json.putArray("top");
            values.top(TOP).forEach(value -> top.addObject().put("value", value.value()).put("count", value.count()));
            json.put("items", values.itemBytes()).put("hll", values.distinctBytes());
            if (values.tooLong() > 0) {
                json.put("tooLong", values.tooLong());
            }
        }
        return json;
    }

    private static void histogram(ObjectNode json, Histogram histogram) {
        ObjectNode node = json.putObject("histogram");
        ArrayNode edges = node.putArray("edges");
        histogram.edges().forEach(edges::add);
        ArrayNode counts = node.putArray("counts");
        histogram.counts().forEach(counts::add);
    }

    private static FeatureStatistics readFeature(JsonNode json) {
        ValueCounts values = readValues(json);
        if ("numeric".equals(json.path("type").asString(""))) {
            return new NumericStatistics(json.required("missing").longValue(), json.required("nonFinite").longValue(),
                    json.required("zeros").longValue(), json.required("mean").doubleValue(), json.required("m2").doubleValue(),
                    KllDoublesSketch.heapify(Memory.wrap(json.required("kll").binaryValue())), values, readFew(json));
        }
        return new TextStatistics(json.required("count").longValue(), json.required("missing").longValue(),
                json.required("minLength").intValue(), json.required("maxLength").intValue(),
                json.required("totalLength").longValue(), values == null ? new ValueCounts() : values);
    }

    /** Statistics that were written before values of FLOAT features were counted have none. */
    private static FewValues readFew(JsonNode json) {
        if (json.has("items") || !json.has("top")) {
            return FewValues.unknown();
        }
        FewValues few = new FewValues();
        json.required("top").forEach(value ->
                few.add(Float.parseFloat(value.required("value").stringValue()), value.required("count").longValue()));
        return few;
    }

    private static @Nullable ValueCounts readValues(JsonNode json) {
        return json.has("items")
                ? ValueCounts.of(json.required("items").binaryValue(), json.required("hll").binaryValue(),
                        json.path("tooLong").asLong(0)) : null;
    }
}
