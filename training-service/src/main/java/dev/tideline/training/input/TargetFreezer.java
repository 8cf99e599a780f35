package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Kind;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.ValueCount;
import dev.tideline.training.model.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Settles what the label is taught as. */
public final class TargetFreezer {

    private static final int MAX_CLASSES = 1_000;

    private TargetFreezer() {}

    /** @throws UntrainableDataException when the training split shows fewer classes than the head needs */
    public static FrozenTarget freeze(Head head, Schema schema, DatasetStatistics statistics) {
        var label = schema.labelFeature().orElseThrow(() -> new UntrainableDataException("label: absent (expected: a label in the schema)"));
        var summary = statistics.features().get(label.name());
        if (summary == null || summary.count() == 0) {
            throw new UntrainableDataException("label " + label.name() + ": 0 values (expected: at least 1 in the training split)");
        }
        var column = new Column(label.name(), label.kind(), 1, true, null);
        return switch (head) {
            case Head.Binary binary -> new FrozenTarget.Classes(column, binary(label, summary, binary));
            case Head.Multiclass multiclass -> new FrozenTarget.Classes(column, classes(label, summary));
            case Head.Regression regression -> {
                var numbers = (NumericStatistics) summary;
                yield new FrozenTarget.Number(column, numbers.mean(), numbers.deviation() > 0 ? numbers.deviation() : 1);
            }
        };
    }

    private static List<String> binary(FeatureSpec label, FeatureStatistics summary, Head.Binary head) {
        var classes = new ArrayList<>(classes(label, summary));
        if (classes.size() != 2) {
            throw new UntrainableDataException("label " + label.name() + ": " + classes.size()
                + " classes " + classes.subList(0, Math.min(10, classes.size())) + " (expected: 2 for a binary head)");
        }
        if (head.positive() != null) {
            if (!classes.contains(head.positive())) {
                throw new UntrainableDataException("head/binary/positive: " + head.positive() + " (expected: one of " + classes + ")");
            }
            classes.sort(Comparator.comparing(head.positive()::equals));
        }
        return classes;
    }

    private static List<String> classes(FeatureSpec label, FeatureStatistics summary) {
        if (summary instanceof NumericStatistics numbers && label.kind() == Kind.FLOAT) {
            if (numbers.deviation() == 0) {
                throw oneClass(label);
            }
            return List.of(Float.toString((float) numbers.min()), Float.toString((float) numbers.max()));
        }
        var seen = summary.top(MAX_CLASSES).stream().map(ValueCount::value).toList();
        if (seen.size() < 2) {
            throw oneClass(label);
        }
        var classes = label.domain() instanceof Domain.Values domain ? domain.values() : seen;
        return classes.stream().sorted(label.kind() == Kind.INT ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder())
            .toList();
    }

    private static UntrainableDataException oneClass(FeatureSpec label) {
        return new UntrainableDataException("label " + label.name() + ": 1 class in the training split (expected: at least 2)");
    }
}
