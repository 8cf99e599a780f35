package dev.tideline.training.child;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.evaluation.Judge;
import dev.tideline.training.evaluation.Slice;
import dev.tideline.training.evaluation.Slicer;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.gate.Gate;
import dev.tideline.training.gate.Rival;
import dev.tideline.training.gate.Verdict;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.TimeOrder;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.tensorflow.DamagedDataException;
import dev.tideline.training.tensorflow.FeatureValues;
import dev.tideline.training.tensorflow.Importance;
import dev.tideline.training.tensorflow.ModelEvaluator;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Candidate and champion answer the same newest examples, and the gate decides. */
final class Trial {

    /** More examples cost time and change nothing: the interval is then narrower than anybody's threshold. */
    private static final int MOST_EXAMPLES = 200_000;
    /** Keeps the answers of a wide head within 64 MB. */
    private static final int MOST_ANSWERS = 1 << 24;

    private final ModelDefinition definition;
    private final NetworkPlan plan;
    private final Schema schema;
    private final List<FileSlice> examples;
    private final int[] order;

    Trial(ModelDefinition definition, NetworkPlan plan, Schema schema, List<FileSlice> evaluation) {
        this.definition = definition;
        this.plan = plan;
        this.schema = schema;
        this.examples = TimeOrder.newest(evaluation, Math.min(MOST_EXAMPLES, MOST_ANSWERS / plan.outputWidth()));
        this.order = TimeOrder.of(examples);
    }

    /**
     * @param answers  of the candidate, from the oldest example to the newest
     * @param champion its figures on the same examples; null when there are none
     */
    record Result(Answers answers, Evaluation candidate, @Nullable Evaluation champion, Verdict verdict) {}

    Result run(Path candidate, Champion champion) {
        var mine = candidate(candidate);
        var slices = slices();
        var evaluation = Judge.evaluate(plan.head(), mine, slices);
        var rival = rival(champion, mine, slices);
        var verdict = Gate.decide(definition.gate(), evaluation, rival);
        return new Result(mine, evaluation, rival instanceof Rival.Judged judged ? judged.evaluation() : null, verdict);
    }

    /** What the answers of the candidate in {@code folder} owe to each input, see {@link Importance}. */
    SortedMap<String, Double> importance(Path folder) {
        return Importance.of(folder, examples, plan.inputColumns(), plan.target(), plan.head(), definition.training().seed());
    }

    private Answers candidate(Path folder) {
        try {
            return answers(folder, plan.inputColumns());
        } catch (DamagedDataException damaged) {
            throw damaged;
        } catch (RuntimeException failure) {
            throw new ChildException(ChildFailure.BROKEN_EXPORT, "exported model: " + failure.getMessage()
                + " (expected: answers to every evaluation record)", failure);
        }
    }

    private Rival rival(Champion champion, Answers mine, List<Slice> slices) {
        return switch (champion) {
            case Champion.None none -> new Rival.None();
            case Champion.Incomparable incomparable -> new Rival.Incomparable(incomparable.reason());
            case Champion.Damaged damaged -> new Rival.Unusable(damaged.reason());
            case Champion.Comparable comparable -> {
                try {
                    var theirs = answers(comparable.folder(), comparable.inputs());
                    var rule = definition.gate();
                    yield new Rival.Judged(Judge.evaluate(plan.head(), theirs, slices), Comparison.of(plan.head(), rule.metric(), mine,
                        theirs, rule.confidence(), definition.training().seed()));
                } catch (DamagedDataException damaged) {
                    throw damaged;
                } catch (RuntimeException failure) {
                    yield new Rival.Unusable("it does not answer: " + failure.getMessage());
                }
            }
        };
    }

    private Answers answers(Path folder, Collection<Column> inputs) {
        return ModelEvaluator.answers(List.of(folder), examples, inputs, plan.target(), plan.head()).getFirst().take(order);
    }

    private List<Slice> slices() {
        var rule = definition.gate();
        return rule.slices().stream().flatMap(by -> (switch (values(by.feature())) {
            case FeatureValues.Numbers(double[] values) -> Slicer.byQuantiles(by.feature(), values, by.parts(), rule.minimumSliceRows());
            case FeatureValues.Texts(List<String> values) -> Slicer.byValues(by.feature(), values, by.parts(), rule.minimumSliceRows());
        }).stream()).toList();
    }

    private FeatureValues values(String name) {
        var feature = schema.feature(name).orElseThrow(() -> new ChildException(ChildFailure.UNTRAINABLE,
            "gate/slices: " + name + " (expected: a feature of the dataset)"));
        return FeatureValues.read(examples, new Column(name, feature.kind(), 1, true, missing(feature)), plan.target()).take(order);
    }

    /** What a record without the feature shows; falls into no slice unless the schema has a default. */
    private static Object missing(FeatureSpec feature) {
        if (feature.defaultValue() != null) {
            return feature.defaultValue();
        }
        return switch (feature.kind()) {
            case FLOAT -> Double.NaN;
            case INT -> Long.MIN_VALUE;
            case TEXT, BYTES -> "";
        };
    }
}
