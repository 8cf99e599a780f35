package dev.tideline.training.tensorflow;

import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.tensorflow.types.TFloat32;

/** Asks exported models about every evaluation record; loading and querying them is the proof that they can be served. */
public final class ModelEvaluator {

    private ModelEvaluator() {}

    /**
     * Asks each model about the same records.
     *
     * @param models folders of SavedModels
     * @param inputs columns that the models need, together
     * @return answers by model, in the order of {@code models}
     */
    public static List<Answers> answers(
            List<Path> models, List<FileSlice> slices, Collection<Column> inputs, FrozenTarget target, Head head) {
        int width = width(head, target);
        var output = List.of(output(head));
        var gathered = new ArrayList<Answers>();
        var served = new ArrayList<ServedModel>();
        try (var data = new EvaluationData(slices, inputs, target)) {
            for (var folder : models) {
                served.add(new ServedModel(folder));
                gathered.add(new Answers(width, target.column().width()));
            }
            boolean more = true;
            while (more) {
                more = data.next((features, labels) -> {
                    for (int m = 0; m < served.size(); m++) {
                        try (var result = served.get(m).answer(features, output)) {
                            gather(gathered.get(m), labels, EvaluationData.floats((TFloat32) result.get(0)), width,
                                target.column().width());
                        }
                    }
                });
            }
        } finally {
            served.forEach(ServedModel::close);
        }
        return gathered;
    }

    /** Name of the output that is judged. */
    public static String output(Head head) {
        return switch (head) {
            case Head.Binary binary -> "probability";
            case Head.Multiclass multiclass -> "probabilities";
            case Head.Multilabel multilabel -> "probabilities";
            case Head.Regression regression -> "prediction";
            case Head.Quantile quantile -> "quantiles";
        };
    }

    static void gather(Answers answers, float[] labels, float[] scores, int width, int labelWidth) {
        int rows = labels.length / labelWidth;
        if (scores.length != rows * width) {
            throw new IllegalStateException("answers: " + scores.length + " (expected: " + rows * width + ")");
        }
        for (int i = 0; i < rows; i++) {
            var truth = new double[labelWidth];
            for (int k = 0; k < labelWidth; k++) {
                truth[k] = labels[i * labelWidth + k];
            }
            answers.add(truth, Arrays.copyOfRange(scores, i * width, (i + 1) * width));
        }
    }

    static int width(Head head, FrozenTarget target) {
        return switch (head) {
            case Head.Binary binary -> 1;
            case Head.Multiclass multiclass -> ((FrozenTarget.Classes) target).classes().size();
            case Head.Multilabel multilabel -> target.column().width();
            case Head.Regression regression -> 1;
            case Head.Quantile quantile -> quantile.quantiles().size();
        };
    }
}
