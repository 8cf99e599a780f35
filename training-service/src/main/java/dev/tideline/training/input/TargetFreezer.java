package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Kind;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.ValueCount;
import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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
        var column = new Column(label.name(), label.kind(), label.size(), label.shape().isEmpty(), null);
        return switch (head) {
            case Head.Binary binary -> classes(column, binary(label, summary, binary), binary.classWeights(), summary);
            case Head.Multiclass multiclass -> classes(column, classes(label, summary), multiclass.classWeights(), summary);
            case Head.Multilabel multilabel -> flags(column, multilabel, (NumericStatistics) summary);
            case Head.Regression regression -> number(column, (NumericStatistics) summary);
            case Head.Quantile quantile -> number(column, (NumericStatistics) summary);
        };
    }

    private static FrozenTarget number(Column column, NumericStatistics numbers) {
        return new FrozenTarget.Number(column, numbers.mean(), numbers.deviation() > 0 ? numbers.deviation() : 1);
    }

    private static FrozenTarget classes(Column column, List<String> classes, ClassWeights weights, FeatureStatistics summary) {
        return new FrozenTarget.Classes(column, classes, switch (weights) {
            case ClassWeights.Given given -> given(column, classes, given);
            case ClassWeights.Balanced balanced -> {
                var shares = shares(classes, summary);
                yield shares.stream().map(share -> share > 0 ? 1 / (share * classes.size()) : 1).toList();
            }
        });
    }

    private static FrozenTarget flags(Column column, Head.Multilabel head, NumericStatistics numbers) {
        if (numbers.min() < 0 || numbers.max() > 1) {
            throw new UntrainableDataException("label " + column.name() + ": " + numbers.min() + " to " + numbers.max()
                + " (expected: 0 and 1 for a multilabel head)");
        }
        var labels = head.labels().isEmpty() ? IntStream.range(0, column.width()).mapToObj(String::valueOf).toList() : head.labels();
        if (labels.size() != column.width()) {
            throw new UntrainableDataException("head/multilabel/labels: " + labels.size() + " (expected: " + column.width()
                + ", the values of the label " + column.name() + ")");
        }
        return new FrozenTarget.Flags(column, labels, switch (head.classWeights()) {
            case ClassWeights.Given given -> given(column, labels, given);
            // Statistics tell the values of a shaped feature together, so all labels share one factor: no over yes.
            case ClassWeights.Balanced balanced ->
                IntStream.range(0, labels.size()).mapToObj(i -> numbers.mean() > 0 ? 1 / numbers.mean() - 1 : 1).toList();
        });
    }

    private static List<Double> given(Column column, List<String> classes, ClassWeights.Given given) {
        for (var name : given.factors().keySet()) {
            if (!classes.contains(name)) {
                throw new UntrainableDataException("head/classWeights: " + name + " (expected: one of " + shortened(classes)
                    + ", the classes of " + column.name() + ")");
            }
        }
        return classes.stream().map(name -> given.factors().getOrDefault(name, 1.0)).toList();
    }

    /** Share of each class among the label's values. */
    private static List<Double> shares(List<String> classes, FeatureStatistics summary) {
        ToDoubleFunction<String> share;
        if (summary.top(MAX_CLASSES).isEmpty() && summary instanceof NumericStatistics numbers) {
            // Values of FLOAT features are not counted, but the mean of two values tells their shares.
            double positive = (numbers.mean() - numbers.min()) / (numbers.max() - numbers.min());
            share = name -> Double.parseDouble(name) == (float) numbers.max() ? positive : 1 - positive;
        } else {
            var counts = summary.top(MAX_CLASSES);
            share = name -> counts.stream().filter(each -> each.value().equals(name))
                .mapToDouble(each -> (double) each.count() / summary.count()).sum();
        }
        return classes.stream().map(share::applyAsDouble).toList();
    }

    private static List<String> binary(FeatureSpec label, FeatureStatistics summary, Head.Binary head) {
        var classes = new ArrayList<>(classes(label, summary));
        if (classes.size() != 2) {
            throw new UntrainableDataException("label " + label.name() + ": " + classes.size()
                + " classes " + shortened(classes) + " (expected: 2 for a binary head)");
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

    private static List<String> shortened(List<String> classes) {
        return classes.subList(0, Math.min(10, classes.size()));
    }

    private static UntrainableDataException oneClass(FeatureSpec label) {
        return new UntrainableDataException("label " + label.name() + ": 1 class in the training split (expected: at least 2)");
    }
}
