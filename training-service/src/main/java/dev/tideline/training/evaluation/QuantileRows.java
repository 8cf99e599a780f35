package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;

/** Several quantiles of a number per example. */
final class QuantileRows extends Rows {

    private final double[] losses;
    private final double[] absolute;
    private final double[] inside;

    QuantileRows(Answers answers, Head.Quantile head) {
        super(Means.spoiled(answers), answers, Metrics.names(head));
        losses = Means.each(answers.count(), row -> {
            double sum = 0;
            for (int k = 0; k < answers.width(); k++) {
                sum += Pinball.loss(answers.label(row), answers.score(row, k), head.quantiles().get(k));
            }
            return sum / answers.width();
        });
        absolute = Means.each(answers.count(), row -> Math.abs(answers.label(row) - answers.score(row, head.middle())));
        inside = Means.each(answers.count(), row -> answers.label(row) >= answers.score(row, 0)
            && answers.label(row) <= answers.score(row, answers.width() - 1) ? 1 : 0);
    }

    @Override
    Metric measure(String name, double[] given) {
        return Means.weighted(contributions(name), given);
    }

    @Override
    double[] contributions(String name) {
        return switch (name) {
            case Metrics.QUANTILE_LOSS -> losses;
            case Metrics.MAE -> absolute;
            case Metrics.COVERAGE -> inside;
            default -> throw new IllegalArgumentException("metric: " + name + " (expected: one of " + names() + ")");
        };
    }
}
