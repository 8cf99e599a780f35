package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From answers to figures. */
public final class Judge {

    /** A matrix of more classes is no longer read by anybody. */
    static final int MAX_CONFUSION = 50;

    private Judge() {}

    public static Evaluation evaluate(Head head, Answers answers) {
        return evaluate(head, answers, List.of());
    }

    public static Evaluation evaluate(Head head, Answers answers, List<Slice> slices) {
        var rows = Rows.of(head, answers);
        var figures = Figures.of(rows);
        return new Evaluation(rows.count(), figures.defined(), figures.undefined(), confusion(rows), calibration(rows),
            slices.stream().map(slice -> slice(head, answers, slice)).toList());
    }

    private static Evaluation.SliceFigures slice(Head head, Answers answers, Slice slice) {
        var figures = Figures.of(Rows.of(head, answers.take(slice.rows())));
        return new Evaluation.SliceFigures(slice.feature(), slice.name(), slice.rows().length, figures.defined(), figures.undefined());
    }

    private record Figures(SortedMap<String, Double> defined, SortedMap<String, String> undefined) {

        static Figures of(Rows rows) {
            var figures = new Figures(new TreeMap<>(), new TreeMap<>());
            for (var name : rows.names()) {
                switch (rows.metric(name, rows.weights())) {
                    case Metric.Defined(double value) -> figures.defined.put(name, value);
                    case Metric.Undefined(String reason) -> figures.undefined.put(name, reason);
                }
            }
            return figures;
        }
    }

    private static @Nullable List<List<Double>> confusion(Rows rows) {
        return switch (rows) {
            case BinaryRows binary -> binary.confusion();
            case ClassRows several -> several.classes() <= MAX_CONFUSION ? several.confusion() : null;
            case LabelRows labels -> null;
            case NumberRows numbers -> null;
            case QuantileRows quantiles -> null;
        };
    }

    private static List<Evaluation.Bin> calibration(Rows rows) {
        return switch (rows) {
            case BinaryRows binary -> binary.calibration(binary.weights()).bins();
            case ClassRows several -> several.calibration(several.weights()).bins();
            case LabelRows labels -> List.of();
            case NumberRows numbers -> List.of();
            case QuantileRows quantiles -> List.of();
        };
    }
}
