package dev.tideline.training.export;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import dev.tideline.training.network.NetworkPlan;
import java.util.List;

/**
 * What a reader of a published SavedModel cannot see in its signature; kept beside it as {@code assets.extra/tideline.json}.
 *
 * @param head    {@code binary}, {@code multiclass}, {@code multilabel}, {@code regression} or {@code quantile}
 * @param label   name of the label feature
 * @param classes of the label in the order of the probabilities; for two classes the second is the positive one; for a quantile head
 *                the quantiles
 * @param inputs  names of the raw features, as in the signature
 */
public record ModelCard(String head, String label, List<String> classes, List<String> inputs) {

    /** Path within the model's folder. */
    public static final String PATH = "assets.extra/tideline.json";

    public ModelCard {
        classes = List.copyOf(classes);
        inputs = List.copyOf(inputs);
    }

    public static ModelCard of(NetworkPlan plan) {
        var head = switch (plan.head()) {
            case Head.Binary binary -> "binary";
            case Head.Multiclass multiclass -> "multiclass";
            case Head.Multilabel multilabel -> "multilabel";
            case Head.Regression regression -> "regression";
            case Head.Quantile quantile -> "quantile";
        };
        List<String> classes = switch (plan.target()) {
            case FrozenTarget.Classes target -> target.classes();
            case FrozenTarget.Flags flags -> flags.labels();
            case FrozenTarget.Number number -> plan.head() instanceof Head.Quantile quantile
                ? quantile.quantiles().stream().map(String::valueOf).toList() : List.of();
        };
        return new ModelCard(head, plan.target().column().name(), classes, plan.inputColumns().stream().map(Column::name).toList());
    }

    /** Whether answers of both can be judged against the same labels. */
    public boolean comparableWith(ModelCard other) {
        return head.equals(other.head) && label.equals(other.label) && classes.equals(other.classes);
    }
}
