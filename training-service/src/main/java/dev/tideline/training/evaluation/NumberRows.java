package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Predictions of a number. */
final class NumberRows implements Rows {

    private static final List<String> NAMES = Metrics.names(new Head.Regression());

    private final Metric.@Nullable Undefined spoiled;
    private final double[] labels;
    private final double[] weights;
    private final double[] absolute;
    private final double[] squared;

    NumberRows(Answers answers) {
        int count = answers.count();
        labels = Means.each(count, answers::label);
        weights = Means.each(count, answers::weight);
        absolute = Means.each(count, i -> Math.abs(answers.score(i, 0) - labels[i]));
        squared = Means.each(count, i -> absolute[i] * absolute[i]);
        long strange = DoubleStream.of(labels).filter(label -> !Double.isFinite(label)).count();
        var answersSpoiled = Means.spoiled(answers);
        spoiled = answersSpoiled != null || strange == 0 ? answersSpoiled
            : new Metric.Undefined("labels: " + strange + " of " + count + " are not finite (expected: none)");
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public double[] weights() {
        return weights;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Metric metric(String name, double[] given) {
        if (spoiled != null) {
            return spoiled;
        }
        return switch (name) {
            case Metrics.MAE -> Means.weighted(absolute, given);
            case Metrics.RMSE -> Means.weighted(squared, given) instanceof Metric.Defined(double mean)
                ? Metric.of(Math.sqrt(mean)) : Means.weighted(squared, given);
            case Metrics.R2 -> determination(given);
            default -> throw new IllegalArgumentException("metric: " + name + " (expected: one of " + names() + ")");
        };
    }

    @Override
    public double[] contributions(String name) {
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
