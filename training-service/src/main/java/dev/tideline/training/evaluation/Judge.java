package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** From answers to metrics. */
public final class Judge {

    /** Keeps log loss finite when a model is sure and wrong. */
    private static final double SMALLEST_PROBABILITY = 1e-7;

    private Judge() {}

    public static Evaluation evaluate(Head head, Answers answers) {
        var metrics = answers.count() == 0 ? Map.<String, Double>of() : switch (head) {
            case Head.Binary binary -> binary(answers);
            case Head.Multiclass multiclass -> multiclass(answers);
            case Head.Multilabel multilabel -> multilabel(answers);
            case Head.Regression regression -> regression(answers);
            case Head.Quantile quantile -> quantile(quantile, answers);
        };
        return Evaluation.of(answers.count(), metrics);
    }

    private static Map<String, Double> binary(Answers answers) {
        int right = 0;
        double loss = 0;
        for (int i = 0; i < answers.count(); i++) {
            boolean positive = answers.label(i) == 1;
            double probability = answers.score(i, 0);
            right += (probability >= 0.5) == positive ? 1 : 0;
            loss -= log(positive ? probability : 1 - probability);
        }
        var metrics = new TreeMap<String, Double>();
        metrics.put(Metrics.ACCURACY, (double) right / answers.count());
        metrics.put(Metrics.LOG_LOSS, loss / answers.count());
        double auc = auc(answers);
        if (!Double.isNaN(auc)) {
            metrics.put(Metrics.AUC, auc);
        }
        return metrics;
    }

    /** Area under the ROC curve by ranks, ties counted half; NaN when one class is missing. */
    private static double auc(Answers answers) {
        var order = IntStream.range(0, answers.count()).boxed()
            .sorted((a, b) -> Float.compare(answers.score(a, 0), answers.score(b, 0))).mapToInt(Integer::intValue).toArray();
        double rankSum = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int positivesHere = 0;
            while (to < order.length && answers.score(order[to], 0) == answers.score(order[from], 0)) {
                positivesHere += answers.label(order[to++]) == 1 ? 1 : 0;
            }
            rankSum += positivesHere * (from + 1 + to) / 2.0;
            positives += positivesHere;
            from = to;
        }
        long negatives = order.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    private static Map<String, Double> multiclass(Answers answers) {
        int right = 0;
        double loss = 0;
        for (int i = 0; i < answers.count(); i++) {
            int best = 0;
            for (int k = 1; k < answers.width(); k++) {
                best = answers.score(i, k) > answers.score(i, best) ? k : best;
            }
            int label = (int) answers.label(i);
            right += best == label ? 1 : 0;
            loss -= log(label >= 0 && label < answers.width() ? answers.score(i, label) : 0);
        }
        return Map.of(Metrics.ACCURACY, (double) right / answers.count(), Metrics.LOG_LOSS, loss / answers.count());
    }

    private static Map<String, Double> regression(Answers answers) {
        double absolute = 0;
        double squared = 0;
        double mean = IntStream.range(0, answers.count()).mapToDouble(answers::label).average().orElse(0);
        double spread = 0;
        for (int i = 0; i < answers.count(); i++) {
            double error = answers.score(i, 0) - answers.label(i);
            absolute += Math.abs(error);
            squared += error * error;
            spread += (answers.label(i) - mean) * (answers.label(i) - mean);
        }
        var metrics = new TreeMap<String, Double>();
        metrics.put(Metrics.MAE, absolute / answers.count());
        metrics.put(Metrics.RMSE, Math.sqrt(squared / answers.count()));
        if (spread > 0) {
            metrics.put(Metrics.R2, 1 - squared / spread);
        }
        return metrics;
    }

    /** Over all labels of all examples together. */
    private static Map<String, Double> multilabel(Answers answers) {
        long right = 0;
        double loss = 0;
        for (int i = 0; i < answers.count(); i++) {
            for (int k = 0; k < answers.width(); k++) {
                boolean yes = answers.label(i, k) == 1;
                double probability = answers.score(i, k);
                right += (probability >= 0.5) == yes ? 1 : 0;
                loss -= log(yes ? probability : 1 - probability);
            }
        }
        double cells = (double) answers.count() * answers.width();
        return Map.of(Metrics.ACCURACY, right / cells, Metrics.LOG_LOSS, loss / cells);
    }

    /** Pinball loss over all quantiles, the share of labels between the first and the last, and the middle one's error. */
    private static Map<String, Double> quantile(Head.Quantile head, Answers answers) {
        double loss = 0;
        double absolute = 0;
        long inside = 0;
        for (int i = 0; i < answers.count(); i++) {
            double label = answers.label(i);
            for (int k = 0; k < answers.width(); k++) {
                double error = label - answers.score(i, k);
                loss += Math.max(head.quantiles().get(k) * error, (head.quantiles().get(k) - 1) * error);
            }
            absolute += Math.abs(label - answers.score(i, head.middle()));
            inside += label >= answers.score(i, 0) && label <= answers.score(i, answers.width() - 1) ? 1 : 0;
        }
        return Map.of(Metrics.QUANTILE_LOSS, loss / answers.count() / answers.width(), Metrics.MAE, absolute / answers.count(),
            Metrics.COVERAGE, (double) inside / answers.count());
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, SMALLEST_PROBABILITY));
    }
}
