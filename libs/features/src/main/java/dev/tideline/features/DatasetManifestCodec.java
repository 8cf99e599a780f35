package dev.tideline.features;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a dataset version's manifest. */
public final class DatasetManifestCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DatasetManifestCodec() {}

    /** @throws IOException when the file cannot be read or is no manifest; the message names the file */
    public static DatasetManifest read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.toString());
    }

    /**
     * @param name what the manifest is called in messages
     * @throws IOException when it is no manifest
     */
    public static DatasetManifest read(byte[] text, String name) throws IOException {
        try {
            return read(JSON.readTree(text));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new IOException(name + ": " + e.getMessage() + " (expected: a dataset manifest)", e);
        }
    }

    public static DatasetManifest read(JsonNode json) {
        TreeMap<String, Split> splits = new TreeMap<>();
        for (var entry : json.required("splits").properties()) {
            splits.put(entry.getKey(), readSplit(entry.getValue()));
        }
        JsonNode rule = json.required("split");
        Schema schema = SchemaCodec.read(json.required("schema"));
        String fingerprint = json.path("schemaFingerprint").asString(schema.fingerprint());
        if (!fingerprint.equals(schema.fingerprint())) {
            throw new IllegalArgumentException("schemaFingerprint: " + fingerprint + " (expected: " + schema.fingerprint()
                    + ", which is that of the schema beside it)");
        }
        return new DatasetManifest(json.required("dataset").stringValue(), json.required("version").longValue(),
                Instant.parse(json.required("sealedAt").stringValue()),
                JSON.treeToValue(json.required("window"), DataWindow.class),
                new SplitRule(SplitRule.By.valueOf(rule.required("by").stringValue()), rule.required("evaluation").doubleValue()),
                schema, json.required("contentHash").stringValue(),
                json.required("records").longValue(), splits);
    }

    public static ObjectNode write(DatasetManifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("dataset", manifest.dataset()).put("version", manifest.version())
                .put("sealedAt", manifest.sealedAt().toString());
        json.set("window", JSON.readTree(JSON.writerFor(DataWindow.class).writeValueAsString(manifest.window())));
        json.putObject("split").put("by", manifest.split().by().name()).put("evaluation", manifest.split().evaluation());
        json.set("schema", SchemaCodec.write(manifest.schema()));
        json.put("schemaFingerprint", manifest.schema().fingerprint());
        json.put("contentHash", manifest.contentHash()).put("records", manifest.records());
        ObjectNode splits = json.putObject("splits");
        manifest.splits().forEach((name, split) -> splits.set(name, writeSplit(split)));
        return json;
    }

    private static Split readSplit(JsonNode json) {
        List<Slice> slices = new ArrayList<>();
        for (JsonNode slice : json.required("slices")) {
            slices.add(new Slice(slice.required("path").stringValue(), slice.required("skip").longValue(),
                    slice.required("take").longValue()));
        }
        return new Split(json.required("records").longValue(), slices, StatisticsCodec.read(json.required("statistics")));
    }

    private static ObjectNode writeSplit(Split split) {
        ObjectNode json = JSON.createObjectNode().put("records", split.records());
        ArrayNode slices = json.putArray("slices");
        split.slices().forEach(slice -> slices.addObject()
                .put("path", slice.path()).put("skip", slice.skip()).put("take", slice.take()));
        json.set("statistics", StatisticsCodec.write(split.statistics()));
        return json;
    }
}
