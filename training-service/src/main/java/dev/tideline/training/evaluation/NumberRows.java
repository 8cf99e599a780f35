package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Predictions of a number. */
final class NumberRows extends Rows {

    private static final List<String> NAMES = Metrics.names(new Head.Regression());

    private final double[] labels;
    private final double[] absolute;
    private final double[] squared;

    NumberRows(Answers answers) {
        super(spoiled(answers), answers, NAMES);
        int count = answers.count();
        labels = Means.each(count, answers::label);
        absolute = Means.each(count, i -> Math.abs(answers.score(i, 0) - labels[i]));
        squared = Means.each(count, i -> absolute[i] * absolute[i]);
    }

    private static Metric.@Nullable Undefined spoiled(Answers answers) {
        var unusable = Means.spoiled(answers);
        long strange = DoubleStream.of(Means.each(answers.count(), answers::label)).filter(label -> !Double.isFinite(label)).count();
        return unusable != null || strange == 0 ? unusable
            : new Metric.Undefined("labels: " + strange + " of " + answers.count() + " are not finite (expected: none)");
    }

    @Override
    Metric measure(String name, double[] given) {
        return switch (name) {
            case Metrics.MAE -> Means.weighted(absolute, given);
            case Metrics.RMSE -> Means.weighted(squared, given) instanceof Metric.Defined(double mean)
                ? Metric.of(Math.sqrt(mean)) : Means.weighted(squared, given);
            case Metrics.R2 -> determination(given);
            default -> throw new IllegalArgumentException("metric: " + name + " (expected: one of " + names() + ")");
        };
    }

    @Override
    double[] contributions(String name) {
        return name.equals(Metrics.MAE) ? absolute : squared;
    }

    /** Share of the labels' variance that is explained; below 0 when their mean would have done better. */
    private Metric determination(double[] given) {
        if (!(Means.weighted(labels, given) instanceof Metric.Defined(double mean))) {
            return Means.weighted(labels, given);
        }
        double spread = 0;
        double errors = 0;
        for (int i = 0; i < labels.length; i++) {
            spread += given[i] * (labels[i] - mean) * (labels[i] - mean);
            errors += given[i] * squared[i];
        }
        return spread > 0 ? Metric.of(1 - errors / spread) : new Metric.Undefined("variance of the labels: 0 (expected: above 0)");
    }
}
