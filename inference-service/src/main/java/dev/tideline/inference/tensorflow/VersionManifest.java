package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.modelstore.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What serving wants of a model's manifest. A folder without one is any SavedModel, and served.
 *
 * @param files SHA-256 by path; empty when the manifest names none
 */
record VersionManifest(@Nullable String schemaFingerprint, SortedMap<String, String> files) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @throws StatusException DATA_LOSS when the manifest is none, or a file is not the one that it names */
    static VersionManifest verified(Path folder) {
        Path file = folder.resolve(ModelStore.MANIFEST);
        if (!Files.exists(file)) {
            return new VersionManifest(null, new TreeMap<>());
        }
        VersionManifest manifest = read(file);
        List<String> damaged;
        try {
            damaged = ModelStore.damaged(folder, manifest.files());
        } catch (IOException e) {
            throw new StatusException(StatusCode.UNAVAILABLE, file.getFileName() + ": " + e.getMessage() + " (expected: readable files)", e);
        }
        if (!damaged.isEmpty()) {
            throw new StatusException(StatusCode.DATA_LOSS,
                    file.getFileName() + ": missing or changed: " + String.join(", ", damaged) + " (expected: files of the named SHA-256)");
        }
        return manifest;
    }

    private static VersionManifest read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            JsonNode fingerprint = json.path("schemaFingerprint");
            SortedMap<String, String> files = new TreeMap<>();
            json.path("files").properties().forEach(entry -> files.put(entry.getKey(), entry.getValue().asString()));
            return new VersionManifest(fingerprint.isString() ? fingerprint.stringValue() : null, files);
        } catch (JacksonException e) {
            throw new StatusException(
                    StatusCode.DATA_LOSS, file.getFileName() + ": " + e.getOriginalMessage() + " (expected: a model manifest)");
        }
    }
}
