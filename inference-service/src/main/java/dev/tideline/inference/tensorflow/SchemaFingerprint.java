package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.LoadFailedException;
import dev.tideline.inference.status.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the one fact of a model's manifest that predictions carry. A folder without a manifest is any SavedModel, and served. */
final class SchemaFingerprint {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SchemaFingerprint() {}

    static @Nullable String of(Path folder) throws LoadFailedException {
        Path manifest = folder.resolve("manifest.json");
        if (!Files.exists(manifest)) {
            return null;
        }
        try {
            JsonNode fingerprint = JSON.readTree(manifest.toFile()).path("schemaFingerprint");
            return fingerprint.isString() ? fingerprint.stringValue() : null;
        } catch (JacksonException e) {
            throw LoadFailedException.broken(
                    StatusCode.DATA_LOSS, manifest.getFileName() + ": " + e.getOriginalMessage() + " (expected: a model manifest)");
        }
    }
}
