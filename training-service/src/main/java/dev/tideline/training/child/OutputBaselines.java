package dev.tideline.training.child;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Baseline;
import dev.tideline.features.Baselines;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a model's answers are distributed over the evaluation split: what prediction drift is measured against. */
final class OutputBaselines {

    private OutputBaselines() {}

    static SortedMap<String, Baseline> of(Head head, FrozenTarget target, Answers answers) {
        var features = new ArrayList<FeatureSpec>();
        String score = switch (head) {
            case Head.Binary binary -> "probability";
            case Head.Multiclass multiclass -> null;
            case Head.Multilabel multilabel -> null;
            case Head.Regression regression -> "prediction";
            case Head.Quantile quantile -> "prediction";
        };
        int place = head instanceof Head.Quantile quantile ? quantile.middle() : 0;
        if (score != null) {
            features.add(FeatureSpec.scalar(RecordHeaders.OUTPUT_PREFIX + score, Kind.FLOAT));
        }
        var label = RecordHeaders.OUTPUT_PREFIX + "label";
        if (target instanceof FrozenTarget.Classes) {
            features.add(FeatureSpec.scalar(label, target.column().kind()));
        }
        var builder = new StatisticsBuilder(features);
        for (int i = 0; i < answers.count(); i++) {
            var row = new TreeMap<String, Feature>();
            if (score != null) {
                row.put(RecordHeaders.OUTPUT_PREFIX + score, Feature.floats(answers.score(i, place)));
            }
            if (target instanceof FrozenTarget.Classes classes) {
                row.put(label, value(classes, classes.classes().get(best(answers, i))));
            }
            builder.add(Example.of(row));
        }
        return Baselines.from(builder.build(), List.copyOf(features));
    }

    static int best(Answers answers, int example) {
        if (answers.width() == 1) {
            return answers.score(example, 0) >= 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < answers.width(); k++) {
            best = answers.score(example, k) > answers.score(example, best) ? k : best;
        }
        return best;
    }

    private static Feature value(FrozenTarget.Classes target, String text) {
        return switch (target.column().kind()) {
            case FLOAT -> Feature.floats(Float.parseFloat(text));
            case INT -> Feature.longs(Long.parseLong(text));
            case TEXT, BYTES -> Feature.text(text);
        };
    }
}
