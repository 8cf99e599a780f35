package dev.tideline.monitoring.outcome;

import dev.tideline.features.Conversion;
import dev.tideline.features.RecordConverter;
import dev.tideline.monitoring.archive.Archive;
import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.slice.Slices;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Puts a prediction and its label together. Every label that leads nowhere is counted with its reason. */
@Component
final class LabelJoin {

    /** {@code EXPIRED}: a label that came early and whose prediction never followed. */
    enum Result { JOINED, EARLY, EXPIRED, DUPLICATE, CONTRADICTORY, UNREADABLE, UNKNOWN_VERSION, INVALID }

    private final ModelBaselines baselines;
    private final Archive archive;
    private final Slices slices;
    private final MeterRegistry meters;

    LabelJoin(ModelBaselines baselines, Archive archive, Slices slices, MeterRegistry meters) {
        this.baselines = baselines;
        this.archive = archive;
        this.slices = slices;
        this.meters = meters;
    }

    /** Empty when the label does not fit the model's label feature. */
    Optional<Labelled> join(Prediction prediction, JsonNode label) {
        Optional<ModelBaseline> model = baselines.find(prediction.model(), prediction.version());
        if (model.isEmpty()) {
            count(Result.UNKNOWN_VERSION);
            return Optional.empty();
        }
        RecordConverter converter = model.get().label();
        Optional<Feature> feature = model.get().isLearnt() ? plain(label)
                : converter == null ? Optional.empty() : convert(converter, label);
        if (feature.isEmpty()) {
            count(Result.INVALID);
            return Optional.empty();
        }
        count(Result.JOINED);
        return Optional.of(new Labelled(prediction, Answer.of(prediction.example(), feature.get()).orElse(null),
                archived(prediction, feature.get(), model.get()),
                slices.of(prediction.model(), prediction.example(), model.get().baselines())));
    }

    void count(Result result) {
        meters.counter("tideline.outcomes", "result", result.name()).increment();
    }

    private @Nullable ArchivedExample archived(Prediction prediction, Feature label, ModelBaseline model) {
        return model.isLearnt() ? null : archive.take(prediction, label, model).orElse(null);
    }

    /** A label of a model of which no schema is known, by its type in JSON. */
    private static Optional<Feature> plain(JsonNode label) {
        return label.isString() ? Optional.of(Feature.text(label.stringValue()))
                : label.isBoolean() ? Optional.of(Feature.longs(label.booleanValue() ? 1 : 0))
                : label.canConvertToLong() && label.isIntegralNumber() ? Optional.of(Feature.longs(label.longValue()))
                : label.isNumber() ? Optional.of(Feature.floats((float) label.doubleValue()))
                : label.isArray() ? Optional.of(Feature.longs(label.valueStream().mapToLong(JsonNode::longValue).toArray())) : Optional.empty();
    }

    private static Optional<Feature> convert(RecordConverter converter, JsonNode label) {
        String name = converter.schema().features().getFirst().name();
        return switch (converter.fromJson(JsonNodeFactory.instance.objectNode().set(name, label))) {
            case Conversion.Converted converted -> Optional.ofNullable(converted.example().feature(name));
            case Conversion.Invalid invalid -> Optional.empty();
        };
    }
}
