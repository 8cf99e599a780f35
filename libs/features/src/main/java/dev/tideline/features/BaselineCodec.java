package dev.tideline.features;

import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of baselines. */
public final class BaselineCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BaselineCodec() {}

    public static ObjectNode write(SortedMap<String, Baseline> baselines) {
        ObjectNode json = JSON.createObjectNode();
        baselines.forEach((name, baseline) -> json.set(name, write(baseline)));
        return json;
    }

    /** @throws IllegalArgumentException when {@code json} was not written by {@link #write(SortedMap)} */
    public static SortedMap<String, Baseline> read(JsonNode json) {
        try {
            TreeMap<String, Baseline> baselines = new TreeMap<>();
            json.properties().forEach(entry -> baselines.put(entry.getKey(), readOne(entry.getValue())));
            return baselines;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("baselines: " + e.getMessage() + " (expected: what Tideline wrote)", e);
        }
    }

    private static ObjectNode write(Baseline baseline) {
        ObjectNode json = JSON.createObjectNode();
        switch (baseline) {
            case Baseline.Numeric numeric -> json.put("type", "numeric")
                    .put("min", numeric.min()).put("max", numeric.max())
                    .put("mean", numeric.mean()).put("deviation", numeric.deviation())
                    .set("edges", JSON.valueToTree(numeric.edges()));
            case Baseline.Categorical categorical -> json.put("type", "categorical").put("rest", categorical.rest())
                    .set("values", JSON.valueToTree(categorical.values()));
        }
        json.put("missing", baseline.missing());
        json.set("counts", JSON.valueToTree(baseline.counts()));
        return json;
    }

    private static Baseline readOne(JsonNode json) {
        long[] counts = JSON.treeToValue(json.required("counts"), long[].class);
        long missing = json.required("missing").longValue();
        if ("numeric".equals(json.path("type").asString(""))) {
            return new Baseline.Numeric(JSON.treeToValue(json.required("edges"), double[].class), counts, missing,
                    json.required("min").doubleValue(), json.required("max").doubleValue(),
                    json.required("mean").doubleValue(), json.required("deviation").doubleValue());
        }
        return new Baseline.Categorical(java.util.List.of(JSON.treeToValue(json.required("values"), String[].class)), counts,
                json.required("rest").longValue(), missing);
    }
}
