package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Kind;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.ValueCount;
import dev.tideline.training.input.FrozenInput.Frozen;
import dev.tideline.training.model.Input;
import dev.tideline.training.model.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Settles transformations with the figures of the training split. Equal statistics give equal results. */
public final class InputFreezer {

    private final Schema schema;
    private final DatasetStatistics statistics;

    public InputFreezer(Schema schema, DatasetStatistics statistics) {
        this.schema = schema;
        this.statistics = statistics;
    }

    /** {@link #freeze(List, String)} without a weight. */
    public List<FrozenInput> freeze(List<Input> inputs) {
        return freeze(inputs, null);
    }

    /**
     * @param inputs as the definition has them; empty takes {@link DerivedInputs}
     * @param weight the feature that weighs examples, which is no input unless the definition says so
     * @throws UntrainableDataException when nothing is left to learn from
     */
    public List<FrozenInput> freeze(List<Input> inputs, @Nullable String weight) {
        var chosen = inputs.isEmpty()
            ? DerivedInputs.of(schema, statistics).stream().filter(input -> !input.feature().equals(weight)).toList() : inputs;
        var frozen = new ArrayList<FrozenInput>();
        for (var input : chosen) {
            var feature = feature(input.feature());
            var summary = summary(input.feature());
            frozen.add(new FrozenInput(input.name(), column(feature, summary), freeze(input, summary)));
        }
        if (frozen.isEmpty()) {
            throw new UntrainableDataException("inputs: 0 (expected: at least one feature that is not constant)");
        }
        return frozen;
    }

    private FeatureSpec feature(String name) {
        return schema.feature(name).orElseThrow(() -> new UntrainableDataException(
            "input: " + name + " (expected: a feature of the dataset version's schema)"));
    }

    private FeatureStatistics summary(String feature) {
        var summary = statistics.features().get(feature);
        if (summary == null || summary.count() == 0) {
            throw new UntrainableDataException("input " + feature + ": 0 values (expected: at least 1 in the training split)");
        }
        return summary;
    }

    static Column column(FeatureSpec feature, FeatureStatistics summary) {
        var value = feature.required() ? null : feature.defaultValue();
        if (value == null && !feature.required()) {
            value = switch (feature.kind()) {
                case FLOAT -> ((NumericStatistics) summary).mean();
                case INT -> Math.round(((NumericStatistics) summary).mean());
                case TEXT, BYTES -> "";
            };
        }
        return new Column(feature.name(), feature.kind(), feature.size(), feature.shape().isEmpty(), value);
    }

    private Frozen freeze(Input input, FeatureStatistics summary) {
        return switch (input.transform()) {
            case Transform.Identity identity -> new Frozen.Scale(0, 1);
            case Transform.Standardise standardise -> {
                var numbers = (NumericStatistics) summary;
                yield new Frozen.Scale(numbers.mean(), inverse(numbers.deviation()), standardise.clip());
            }
            case Transform.MinMax minMax -> {
                var numbers = (NumericStatistics) summary;
                yield range(numbers.min(), numbers.max());
            }
            case Transform.Log log -> {
                var numbers = (NumericStatistics) summary;
                double low = fold(numbers.min());
                double high = fold(numbers.max());
                yield new Frozen.Log((low + high) / 2, inverse((high - low) / 2));
            }
            case Transform.Clip clip -> range(clip.min(), clip.max());
            case Transform.Bucketise buckets -> new Frozen.Buckets(edges((NumericStatistics) summary, buckets.count()));
            case Transform.Vocabulary vocabulary -> vocabulary(summary, vocabulary.size(), vocabulary.oov());
            case Transform.Hash hash -> new Frozen.Hash(hash.buckets());
            case Transform.Embedding embedding ->
                new Frozen.Embedding(embedding.dimensions(), vocabulary(summary, embedding.size(), embedding.oov()));
            case Transform.Cross cross -> {
                var names = new ArrayList<>(List.of(input.feature()));
                names.addAll(cross.with());
                yield new Frozen.Cross(names.stream().map(name -> part(name, cross.bins())).toList(), cross.buckets());
            }
            case Transform.Image image -> new Frozen.Image(
                image.height(), image.width(), image.channels(), image.resize(), image.min(), image.max());
        };
    }

    private Frozen.Part part(String name, int bins) {
        var feature = feature(name);
        var summary = summary(name);
        return new Frozen.Part(column(feature, summary),
            feature.kind() == Kind.FLOAT ? edges((NumericStatistics) summary, bins) : List.of());
    }

    private static Frozen.Vocabulary vocabulary(FeatureStatistics summary, int size, int oov) {
        return new Frozen.Vocabulary(summary.top(size).stream().map(ValueCount::value).toList(), oov);
    }

    private static List<Double> edges(NumericStatistics numbers, int count) {
        return IntStream.range(1, count).mapToObj(i -> numbers.quantile((double) i / count))
            .filter(edge -> edge > numbers.min()).distinct().toList();
    }

    private static Frozen.Range range(double min, double max) {
        return new Frozen.Range(min, max > min ? max : min + 1);
    }

    /** A constant stays a constant instead of becoming infinite. */
    private static double inverse(double spread) {
        return spread > 0 ? 1 / spread : 1;
    }

    private static double fold(double x) {
        return Math.signum(x) * Math.log1p(Math.abs(x));
    }
}
