package dev.tideline.training.child;

import dev.tideline.features.Schema;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.input.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The model to beat, when its answers can be judged on today's data. */
sealed interface Champion {

    record None() implements Champion {}

    record Comparable(Path folder, List<Column> inputs) implements Champion {}

    record Incomparable(String reason) implements Champion {}

    static Champion read(Path folder, ModelCard candidate, Schema schema) {
        ModelCard card;
        try {
            card = JsonMapper.builder().build().readValue(Files.readAllBytes(folder.resolve(ModelCard.PATH)), ModelCard.class);
        } catch (IOException | JacksonException e) {
            return new Incomparable("the champion's " + ModelCard.PATH + " cannot be read: " + e.getMessage());
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
}
