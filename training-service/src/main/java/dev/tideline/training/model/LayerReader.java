package dev.tideline.training.model;

import dev.tideline.training.model.Layer.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

final class LayerReader {

    private static final int MAX_UNITS = 65_536;

    private LayerReader() {}

    static Optional<Layer> read(Variant variant) {
        var fields = variant.fields();
        Layer layer = switch (variant.name()) {
            case "dense" -> new Layer.Dense(units(fields), activation(fields), fields.number("l2", 0, 0, 1e6));
            case "dropout" -> new Layer.Dropout(fields.number("rate", 0.5, 0, 0.99));
            case "layerNorm" -> new Layer.LayerNorm();
            default -> null;
        };
        if (layer == null) {
            variant.unknown(List.of("dense", "dropout", "layerNorm"));
            return Optional.empty();
        }
        fields.done();
        return Optional.of(layer);
    }

    private static int units(Fields fields) {
        if (fields.node("units") == null) {
            fields.problem("MISSING", "units", null, "a whole number from 1 to " + MAX_UNITS);
        }
        return fields.integer("units", 1, 1, MAX_UNITS);
    }

    private static Activation activation(Fields fields) {
        var text = fields.text("activation");
        if (text == null) {
            return Activation.LINEAR;
        }
        var names = new ArrayList<String>();
        for (var activation : Activation.values()) {
            names.add(activation.name().toLowerCase(Locale.ROOT));
            if (names.getLast().equals(text)) {
                return activation;
            }
        }
        fields.problem("UNKNOWN_VALUE", "activation", fields.node("activation"), "one of " + names);
        return Activation.LINEAR;
    }
}
