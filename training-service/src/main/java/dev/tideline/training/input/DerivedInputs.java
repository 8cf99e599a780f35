package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.TextStatistics;
import dev.tideline.training.model.Input;
import dev.tideline.training.model.Transform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs for a definition that names none: what a person would take after a look at the statistics. */
final class DerivedInputs {

    /** An integer with at most this many values is a category, beyond it a quantity. */
    private static final int MAX_CATEGORIES = 24;
    private static final int VOCABULARY = 256;
    /** A text whose values hardly repeat is an identifier. */
    private static final double IDENTIFIER_SHARE = 0.5;

    private DerivedInputs() {}

    /**
     * Constants come in too, bounded: clients send every feature, and a signature that changes with the data would fail them.
     *
     * @return empty when no feature varies
     */
    static List<Input> of(Schema schema, DatasetStatistics statistics) {
        var inputs = new ArrayList<Input>();
        boolean varies = false;
        for (var feature : schema.inputs()) {
            var summary = statistics.features().get(feature.name());
            var transform = summary == null || summary.count() == 0 ? null : transform(feature, summary);
            if (transform != null) {
                inputs.add(new Input(feature.name(), transform));
                varies |= varies(summary);
            }
        }
        return varies ? inputs : List.of();
    }

    private static boolean varies(FeatureStatistics summary) {
        return summary.missing() > 0 || switch (summary) {
            case NumericStatistics numbers -> numbers.deviation() > 0;
            case TextStatistics texts -> texts.distinct() > 1;
        };
    }

    /** Null for a feature that no network can take. */
    private static @Nullable Transform transform(FeatureSpec feature, FeatureStatistics summary) {
        return switch (feature.kind()) {
            case FLOAT -> ((NumericStatistics) summary).deviation() > 0 ? new Transform.Standardise() : new Transform.MinMax();
            case INT -> summary.distinct() <= MAX_CATEGORIES ? new Transform.Vocabulary(MAX_CATEGORIES, 1) : new Transform.Standardise();
            case TEXT -> {
                boolean identifier = summary.distinct() > VOCABULARY && summary.distinct() > IDENTIFIER_SHARE * summary.count();
                yield identifier ? null : new Transform.Vocabulary(VOCABULARY, 1);
            }
            case BYTES -> null;
        };
    }
}
