package dev.tideline.modelstore;

import dev.tideline.features.BaselineCodec;
import dev.tideline.features.SchemaCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a model manifest. */
public final class ModelManifestCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelManifestCodec() {}

    /** @throws IOException when the file cannot be read or is no manifest; the message names the file */
    public static ModelManifest read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.toString());
    }

    /**
     * @param name of the file, for the message
     * @throws IOException when it is no manifest
     */
    static ModelManifest read(byte[] content, String name) throws IOException {
        try {
            return read(JSON.readTree(content));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException(name + ": " + e.getMessage() + " (expected: a model manifest)", e);
        }
    }

    public static ModelManifest read(JsonNode json) {
        TreeMap<String, String> files = new TreeMap<>();
        json.path("files").properties().forEach(entry -> files.put(entry.getKey(), entry.getValue().stringValue()));
        JsonNode parent = json.path("parent");
        return new ModelManifest(json.required("model").stringValue(), json.required("version").longValue(),
                Instant.parse(json.required("createdAt").stringValue()), json.required("dataset").stringValue(),
                json.required("datasetVersion").longValue(), json.required("definitionHash").stringValue(),
                SchemaCodec.read(json.required("schema")), json.required("seed").longValue(),
                parent.isNumber() ? (Long) parent.longValue() : null, numbers(json.path("metrics")),
                BaselineCodec.read(json.path("baselines")), numbers(json.path("importance")), lineage(json.path("lineage")), files);
    }

    /** JSON has no number for what is not finite, so that was written as text. */
    private static TreeMap<String, Double> numbers(JsonNode json) {
        TreeMap<String, Double> numbers = new TreeMap<>();
        json.properties().forEach(entry -> numbers.put(entry.getKey(),
                entry.getValue().isString() ? Double.valueOf(entry.getValue().stringValue()) : (Double) entry.getValue().doubleValue()));
        return numbers;
    }

    private static ModelManifest.@Nullable Lineage lineage(JsonNode json) {
        return json.isObject() ? JSON.treeToValue(json, ModelManifest.Lineage.class) : null;
    }

    public static ObjectNode write(ModelManifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("model", manifest.model()).put("version", manifest.version())
                .put("createdAt", manifest.createdAt().toString())
                .put("dataset", manifest.dataset()).put("datasetVersion", manifest.datasetVersion())
                .put("definitionHash", manifest.definitionHash()).put("schemaFingerprint", manifest.schemaFingerprint())
                .put("seed", manifest.seed());
        if (manifest.parent() != null) {
            json.put("parent", manifest.parent());
        }
        ObjectNode metrics = json.putObject("metrics");
        manifest.metrics().forEach(metrics::put);
        json.set("schema", SchemaCodec.write(manifest.schema()));
        json.set("baselines", BaselineCodec.write(manifest.baselines()));
        if (!manifest.importance().isEmpty()) {
            ObjectNode importance = json.putObject("importance");
            manifest.importance().forEach(importance::put);
        }
        if (manifest.lineage() != null) {
            json.set("lineage", JSON.valueToTree(manifest.lineage()));
        }
        ObjectNode files = json.putObject("files");
        manifest.files().forEach(files::put);
        return json;
    }
}
