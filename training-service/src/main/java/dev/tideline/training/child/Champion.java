package dev.tideline.training.child;

import dev.tideline.features.Schema;
import dev.tideline.modelstore.ModelManifestCodec;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.input.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The model to beat, when its answers can be judged on today's data. */
sealed interface Champion {

    record None() implements Champion {}

    record Comparable(Path folder, List<Column> inputs) implements Champion {}

    /** It answers another question, or needs what the data no longer has. */
    record Incomparable(String reason) implements Champion {}

    /** Its files are not what was published. */
    record Damaged(String reason) implements Champion {}

    static Champion read(Path folder, ModelCard candidate, Schema schema) {
        var damage = damage(folder);
        if (damage != null) {
            return new Damaged(damage);
        }
        ModelCard card;
        try {
            card = JsonMapper.builder().build().readValue(Files.readAllBytes(folder.resolve(ModelCard.PATH)), ModelCard.class);
        } catch (IOException | JacksonException e) {
            return new Damaged(ModelCard.PATH + " cannot be read: " + e.getMessage());
        }
        if (!card.comparableWith(candidate)) {
            return new Incomparable("the champion answers " + card.head() + " of " + card.label() + " " + card.classes()
                + ", the candidate " + candidate.head() + " of " + candidate.label() + " " + candidate.classes());
        }
        var inputs = new ArrayList<Column>();
        for (var name : card.inputs()) {
            var feature = schema.feature(name).orElse(null);
            if (feature == null) {
                return new Incomparable("the champion needs the feature " + name + ", which the data no longer has");
            }
            inputs.add(new Column(name, feature.kind(), feature.size(), feature.shape().isEmpty(), null));
        }
        return new Comparable(folder, inputs);
    }

    /** Loading a damaged model may end the process, so its files are compared with their hashes first. */
    private static @Nullable String damage(Path folder) {
        try {
            var manifest = ModelManifestCodec.read(folder.resolve(ModelStore.MANIFEST));
            var damaged = ModelStore.damaged(folder, manifest);
            return damaged.isEmpty() ? null : "version " + manifest.version() + ": " + damaged + " are missing or changed since it was published";
        } catch (IOException unreadable) {
            return "manifest " + folder.resolve(ModelStore.MANIFEST) + " cannot be read: " + unreadable.getMessage();
        }
    }
}
