package dev.tideline.monitoring.archive;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Conversion;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A labelled prediction as a record of its dataset.
 *
 * @param value   bytes of a {@code tf.train.Example} that satisfies the dataset's schema
 * @param headers provenance
 */
public record ArchivedExample(String dataset, byte[] value, Map<String, String> headers) {

    /** Empty when the record would break the dataset's schema. */
    static Optional<ArchivedExample> of(Prediction prediction, Feature label, ModelBaseline model, Redactor redactor) {
        Schema schema = model.schema();
        TreeMap<String, Feature> features = new TreeMap<>();
        redactor.apply(prediction.example()).features().forEach((name, feature) -> {
            if (schema.feature(name).isPresent()) {
                features.put(name, feature);
            }
        });
        schema.labelFeature().ifPresent(spec -> features.put(spec.name(), label));
        Optional.ofNullable(schema.key()).flatMap(schema::feature)
                .ifPresent(spec -> features.computeIfAbsent(spec.name(), absent -> key(spec, prediction)));
        Optional.ofNullable(schema.time()).flatMap(schema::feature)
                .ifPresent(spec -> features.computeIfAbsent(spec.name(), absent -> time(spec, prediction)));
        return switch (model.records().check(Example.of(features))) {
            case Conversion.Converted converted -> Optional.of(new ArchivedExample(
                    model.dataset(), converted.example().encode(), headers(prediction, model, redactor)));
            case Conversion.Invalid invalid -> Optional.empty();
        };
    }

    /** Models do not see the key, so a prediction has none; its id identifies the record just as well. */
    private static Feature key(FeatureSpec spec, Prediction prediction) {
        return switch (spec.kind()) {
            case TEXT, BYTES -> Feature.text(prediction.id());
            case INT -> Feature.longs(hash(prediction.id()));
            case FLOAT -> Feature.floats(hash(prediction.id()));
        };
    }

    private static Feature time(FeatureSpec spec, Prediction prediction) {
        return switch (spec.kind()) {
            case TEXT, BYTES -> Feature.text(prediction.time().toString());
            case INT -> Feature.longs(prediction.time().toEpochMilli());
            case FLOAT -> Feature.floats(prediction.time().getEpochSecond());
        };
    }

    private static long hash(String id) {
        long hash = 1125899906842597L;
        for (int i = 0; i < id.length(); i++) {
            hash = 31 * hash + id.charAt(i);
        }
        return hash & Long.MAX_VALUE;
    }

    private static Map<String, String> headers(Prediction prediction, ModelBaseline model, Redactor redactor) {
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE,
                RecordHeaders.TIME, prediction.time().toString(),
                RecordHeaders.PREDICTION_ID, prediction.id(),
                RecordHeaders.MODEL, prediction.model(),
                RecordHeaders.MODEL_VERSION, Long.toString(prediction.version()),
                RecordHeaders.SCHEMA_FINGERPRINT, model.fingerprint()));
        SortedSet<String> hidden = redactor.hidden(prediction.example());
        if (!hidden.isEmpty()) {
            headers.put(RecordHeaders.REDACTED, String.join(",", hidden));
        }
        return headers;
    }
}
