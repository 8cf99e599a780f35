package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a dataset with a given schema can feed a definition. */
public final class DefinitionCheck {

    private DefinitionCheck() {}

    /** Everything that does not fit; empty when the definition can be trained on such data. */
    public static List<Problem> problems(ModelDefinition definition, Schema schema) {
        var problems = new ArrayList<Problem>();
        var dims = new InputCheck(schema, problems).check(definition.inputs());
        if (dims != null) {
            Shapes.check(definition.layers(), dims, problems);
        }
        label(definition.head(), schema, problems);
        weight(definition.weight(), schema, problems);
        slices(definition.gate(), schema, problems);
        return problems;
    }

    private static void label(Head head, Schema schema, List<Problem> problems) {
        var label = schema.labelFeature().orElse(null);
        if (label == null) {
            problems.add(new Problem("NO_LABEL", "/dataset", "a schema without a label", "a dataset whose schema names a label"));
            return;
        }
        var expected = switch (head) {
            case Head.Binary binary -> label.kind() == Kind.BYTES ? "a label of kind TEXT, INT or FLOAT" : null;
            case Head.Multiclass multiclass ->
                label.kind() == Kind.TEXT || label.kind() == Kind.INT ? null : "a label of kind TEXT or INT";
            case Head.Multilabel multilabel -> numeric(label) ? null : "a label of kind FLOAT or INT";
            case Head.Regression regression -> numeric(label) ? null : "a label of kind FLOAT or INT";
            case Head.Quantile quantile -> numeric(label) ? null : "a label of kind FLOAT or INT";
        };
        if (expected != null) {
            problems.add(new Problem("WRONG_KIND", "/head", "label " + label.name() + " of kind " + label.kind(), expected));
        }
        var shape = "label " + label.name() + " of shape " + label.shape();
        if (head instanceof Head.Multilabel multilabel) {
            int labels = multilabel.labels().size();
            if (label.shape().size() != 1 || (labels > 0 && labels != label.size())) {
                problems.add(new Problem("WRONG_KIND", "/head", shape, "a label of shape ["
                    + (labels > 0 ? labels : "labels") + "], each 0 or 1"));
            }
        } else if (label.size() != 1) {
            problems.add(new Problem("WRONG_KIND", "/head", shape, "a scalar label"));
        }
    }

    private static void slices(GateRule gate, Schema schema, List<Problem> problems) {
        for (int i = 0; i < gate.slices().size(); i++) {
            var name = gate.slices().get(i).feature();
            var pointer = "/gate/slices/" + i + "/feature";
            var feature = schema.feature(name).orElse(null);
            if (feature == null) {
                problems.add(new Problem("UNKNOWN_FEATURE", pointer, name,
                    "one of " + schema.inputs().stream().map(FeatureSpec::name).toList()));
            } else if (feature.kind() == Kind.BYTES || feature.size() != 1) {
                problems.add(new Problem("WRONG_KIND", pointer, name + " of kind " + feature.kind() + " and shape " + feature.shape(),
                    "a scalar of kind FLOAT, INT or TEXT"));
            }
        }
    }

    private static void weight(@Nullable String weight, Schema schema, List<Problem> problems) {
        if (weight == null) {
            return;
        }
        var feature = schema.feature(weight).orElse(null);
        if (feature == null) {
            problems.add(new Problem("UNKNOWN_FEATURE", "/weight", weight,
                "one of " + schema.inputs().stream().filter(DefinitionCheck::numeric).map(FeatureSpec::name).toList()));
        } else if (!numeric(feature) || feature.size() != 1 || weight.equals(schema.label())) {
            problems.add(new Problem("WRONG_KIND", "/weight", weight + " of kind " + feature.kind() + " and shape " + feature.shape(),
                "a scalar feature of kind FLOAT or INT other than the label"));
        }
    }

    private static boolean numeric(FeatureSpec feature) {
        return feature.kind() == Kind.FLOAT || feature.kind() == Kind.INT;
    }
}
