package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether features of a schema can enter a network as the inputs of a definition say. */
final class InputCheck {

    private final Schema schema;
    private final List<Problem> problems;

    InputCheck(Schema schema, List<Problem> problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** Shapes by name of the input, as far as a schema tells them; null after a problem. */
    @Nullable Map<String, List<Dims>> check(List<Input> inputs) {
        int before = problems.size();
        var dims = new LinkedHashMap<String, List<Dims>>();
        for (int i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            var pointer = "/inputs/" + i;
            var feature = feature(input.feature(), pointer + "/feature");
            if (feature != null) {
                fit(input, feature, pointer);
                dims.computeIfAbsent(input.name(), name -> new ArrayList<>()).add(dims(input.transform(), feature.size()));
            }
        }
        if (inputs.isEmpty()) {
            if (schema.inputs().stream().allMatch(feature -> feature.kind() == Kind.BYTES)) {
                problems.add(new Problem("NO_INPUTS", "/inputs", "absent", "a dataset with FLOAT, INT or TEXT features besides its label"));
            }
            // Which features they will be is for the statistics to say; nothing can ask for them by name.
            dims.put("(derived)", List.of(Dims.flat(Dims.UNKNOWN)));
        }
        return problems.size() == before ? dims : null;
    }

    private @Nullable FeatureSpec feature(String name, String pointer) {
        var feature = schema.feature(name).orElse(null);
        if (feature == null) {
            problems.add(new Problem("UNKNOWN_FEATURE", pointer, name, "one of " + schema.inputs().stream().map(FeatureSpec::name).toList()));
        } else if (name.equals(schema.label())) {
            problems.add(new Problem("LABEL_AS_INPUT", pointer, name, "a feature other than the label"));
            return null;
        }
        return feature;
    }

    private void fit(Input input, FeatureSpec feature, String pointer) {
        var kind = feature.kind();
        switch (input.transform()) {
            case Transform.Identity t -> number(kind, input, pointer);
            case Transform.Standardise t -> number(kind, input, pointer);
            case Transform.MinMax t -> number(kind, input, pointer);
            case Transform.Log t -> number(kind, input, pointer);
            case Transform.Clip t -> number(kind, input, pointer);
            case Transform.Bucketise t -> number(kind, input, pointer);
            case Transform.Vocabulary t -> counted(kind, input, pointer);
            case Transform.Embedding t -> counted(kind, input, pointer);
            case Transform.Hash t -> readable(kind, input, pointer);
            case Transform.Cross cross -> {
                readable(kind, input, pointer);
                scalar(feature, pointer + "/feature");
                for (int i = 0; i < cross.with().size(); i++) {
                    var place = pointer + "/transform/cross/with/" + i;
                    var other = feature(cross.with().get(i), place);
                    if (other != null && other.kind() == Kind.BYTES) {
                        wrong(place, other.name(), other.kind(), "a feature of kind FLOAT, INT or TEXT");
                    } else if (other != null) {
                        scalar(other, place);
                    }
                }
            }
            case Transform.Image image -> {
                if (kind != Kind.BYTES || feature.size() != 1 || !feature.required()) {
                    problems.add(new Problem("WRONG_KIND", pointer + "/transform", input.feature() + " of kind " + kind + " and shape "
                        + feature.shape() + (feature.required() ? "" : ", not required"), "a required scalar feature of kind BYTES for image"));
                }
            }
        }
    }

    private void number(Kind kind, Input input, String pointer) {
        if (kind == Kind.TEXT) {
            wrong(pointer + "/transform", input.feature(), kind, "vocabulary, hash, embedding or cross; the others need a number");
        } else {
            readable(kind, input, pointer);
        }
    }

    private void counted(Kind kind, Input input, String pointer) {
        if (kind == Kind.FLOAT) {
            wrong(pointer + "/transform", input.feature(), kind, "a transform for numbers; values of FLOAT features are not counted");
        } else {
            readable(kind, input, pointer);
        }
    }

    private void readable(Kind kind, Input input, String pointer) {
        if (kind == Kind.BYTES) {
            wrong(pointer + "/feature", input.feature(), kind, "a feature of kind FLOAT, INT or TEXT, or the transform image");
        }
    }

    private void scalar(FeatureSpec feature, String pointer) {
        if (feature.size() != 1) {
            problems.add(new Problem("WRONG_KIND", pointer, feature.name() + " of shape " + feature.shape(), "a scalar feature for cross"));
        }
    }

    private void wrong(String pointer, String feature, Kind kind, String expected) {
        problems.add(new Problem("WRONG_KIND", pointer, feature + " of kind " + kind, expected));
    }

    private static Dims dims(Transform transform, int size) {
        return switch (transform) {
            case Transform.Identity t -> Dims.flat(size);
            case Transform.Standardise t -> Dims.flat(size);
            case Transform.MinMax t -> Dims.flat(size);
            case Transform.Log t -> Dims.flat(size);
            case Transform.Clip t -> Dims.flat(size);
            // How many buckets and values there are is for the statistics to say.
            case Transform.Bucketise t -> Dims.flat(Dims.UNKNOWN);
            case Transform.Vocabulary t -> Dims.flat(Dims.UNKNOWN);
            case Transform.Hash hash -> Dims.flat(Dims.times(size, hash.buckets()));
            case Transform.Embedding embedding -> Dims.flat(Dims.times(size, embedding.dimensions()));
            case Transform.Cross cross -> Dims.flat(cross.buckets());
            case Transform.Image image -> Dims.image(image.height(), image.width(), image.channels());
        };
    }
}
