package dev.tideline.monitoring.outcome;

import dev.tideline.features.Conversion;
import dev.tideline.features.RecordConverter;
import dev.tideline.monitoring.archive.Archive;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Puts a prediction and its label together. Every label that leads nowhere is counted with its reason. */
@Component
final class LabelJoin {

    enum Result { JOINED, EARLY, DUPLICATE, CONTRADICTORY, UNREADABLE, UNKNOWN_VERSION, INVALID }

    private final ModelBaselines baselines;
    private final Archive archive;
    private final MeterRegistry meters;

    LabelJoin(ModelBaselines baselines, Archive archive, MeterRegistry meters) {
        this.baselines = baselines;
        this.archive = archive;
        this.meters = meters;
    }

    /** Empty when the label does not fit the model's label feature. */
    Optional<Labelled> join(Prediction prediction, JsonNode label) {
        Optional<ModelBaseline> model = baselines.find(prediction.model(), prediction.version());
        if (model.isEmpty()) {
            count(Result.UNKNOWN_VERSION);
            return Optional.empty();
        }
        Optional<Feature> feature = Optional.ofNullable(model.get().label()).flatMap(converter -> convert(converter, label));
        if (feature.isEmpty()) {
            count(Result.INVALID);
            return Optional.empty();
        }
        count(Result.JOINED);
        return Optional.of(new Labelled(prediction, PredictionError.of(prediction.example(), feature.get()).orElse(null),
                archive.take(prediction, feature.get(), model.get()).orElse(null)));
    }

    /** Whether labels of such a prediction can ever be used. */
    boolean knows(Prediction prediction) {
        return baselines.find(prediction.model(), prediction.version()).isPresent();
    }

    void count(Result result) {
        meters.counter("tideline.outcomes", "result", result.name()).increment();
    }

    private static Optional<Feature> convert(RecordConverter converter, JsonNode label) {
        String name = converter.schema().features().getFirst().name();
        return switch (converter.fromJson(JsonNodeFactory.instance.objectNode().set(name, label))) {
            case Conversion.Converted converted -> Optional.ofNullable(converted.example().feature(name));
            case Conversion.Invalid invalid -> Optional.empty();
        };
    }
}
