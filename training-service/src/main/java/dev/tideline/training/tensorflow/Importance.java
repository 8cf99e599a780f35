package dev.tideline.training.tensorflow;

import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.evaluation.Judge;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.input.TimeOrder;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * What the answers of a model owe to each of its inputs: by how much its loss rises when the values of that input are dealt out anew among
 * the examples (permutation importance; Breiman, Machine Learning 45, 2001; Fisher, Rudin and Dominici, JMLR 20, 2019).
 */
public final class Importance {

    /** More examples would tell the heavy inputs apart no better. */
    private static final int MOST_EXAMPLES = 2_048;
    /** Keeps the answers to all variants within 32 MB. */
    private static final int MOST_ANSWERS = 1 << 23;
    /** Fewer say nothing. */
    private static final int LEAST_EXAMPLES = 50;

    private Importance() {}

    /**
     * Asks the model about the newest examples, once as they are and once per input.
     *
     * @param model  folder of a SavedModel
     * @param inputs its columns
     * @param seed   of the dealing
     * @return by input, above 0, 1 together; an input whose loss tells nothing is not in here. Empty when none tells anything, or with fewer than
     *         50 examples
     */
    public static SortedMap<String, Double> of(
            Path model, List<FileSlice> examples, Collection<Column> inputs, FrozenTarget target, Head head, long seed) {
        int width = ModelEvaluator.width(head, target);
        long room = MOST_ANSWERS / ((long) width * (inputs.size() + 1));
        var newest = TimeOrder.newest(examples, Math.min(MOST_EXAMPLES, room));
        if (FileSlice.records(newest) < LEAST_EXAMPLES) {
            return Collections.emptySortedMap();
        }
        var names = inputs.stream().map(Column::name).toList();
        var answers = answers(model, newest, inputs, names, target, head, seed);
        double loss = loss(head, answers.getFirst());
        var rises = new TreeMap<String, Double>();
        double sum = 0;
        for (int i = 0; i < names.size(); i++) {
            double rise = loss(head, answers.get(i + 1)) - loss;
            if (rise > 0) {
                rises.put(names.get(i), rise);
                sum += rise;
            }
        }
        double all = sum;
        if (!(all > 0 && all < Double.POSITIVE_INFINITY)) {
            return Collections.emptySortedMap();
        }
        rises.replaceAll((name, rise) -> rise / all);
        return rises;
    }

    /** As the examples are, then with each of {@code names} dealt anew. */
    private static List<Answers> answers(Path model, List<FileSlice> examples, Collection<Column> inputs, List<String> names,
            FrozenTarget target, Head head, long seed) {
        var output = List.of(ModelEvaluator.output(head));
        int width = ModelEvaluator.width(head, target);
        int labelWidth = target.column().width();
        var gathered = new ArrayList<Answers>();
        for (int i = 0; i <= names.size(); i++) {
            gathered.add(new Answers(width, labelWidth));
        }
        try (var data = new EvaluationData(examples, inputs, target, seed); var served = new ServedModel(model)) {
            boolean more = true;
            while (more) {
                more = data.nextShuffled((features, shuffled, labels) -> {
                    for (int i = 0; i <= names.size(); i++) {
                        var variant = new HashMap<String, Tensor>(features);
                        if (i > 0) {
                            variant.put(names.get(i - 1), shuffled.get(names.get(i - 1)));
                        }
                        try (var result = served.answer(variant, output)) {
                            ModelEvaluator.gather(gathered.get(i), labels, EvaluationData.floats((TFloat32) result.get(0)), width, labelWidth);
                        }
                    }
                });
            }
        }
        return gathered;
    }

    /** A smooth figure, which tells more about few examples than the share of right answers does; NaN when the data cannot give it. */
    private static double loss(Head head, Answers answers) {
        var metric = switch (head) {
            case Head.Binary binary -> Metrics.LOG_LOSS;
            case Head.Multiclass multiclass -> Metrics.LOG_LOSS;
            case Head.Multilabel multilabel -> Metrics.LOG_LOSS;
            case Head.Regression regression -> Metrics.RMSE;
            case Head.Quantile quantile -> Metrics.QUANTILE_LOSS;
        };
        return Judge.evaluate(head, answers).metrics().getOrDefault(metric, Double.NaN);
    }
}
