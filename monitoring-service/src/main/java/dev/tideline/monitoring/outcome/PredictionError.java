package dev.tideline.monitoring.outcome;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Optional;

/** How wrong a prediction was. */
final class PredictionError {

    private static final String LABEL_OUTPUT = RecordHeaders.OUTPUT_PREFIX + "label";

    private PredictionError() {}

    /** 0 for a right class, 1 for a wrong one; empty when the prediction names no class. */
    static Optional<Double> of(Example prediction, Feature label) {
        Feature predicted = prediction.feature(LABEL_OUTPUT);
        if (predicted == null || predicted.isEmpty() || label.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(same(predicted, label) ? 0.0 : 1.0);
    }

    private static boolean same(Feature predicted, Feature label) {
        return switch (label) {
            case Feature.Bytes text -> predicted instanceof Feature.Bytes other && other.text(0).equals(text.text(0));
            case Feature.Longs whole -> number(predicted) == whole.values()[0];
            case Feature.Floats number -> number(predicted) == number.values()[0];
        };
    }

    /** NaN for text, which equals no number. */
    private static double number(Feature feature) {
        return switch (feature) {
            case Feature.Longs whole -> whole.values()[0];
            case Feature.Floats number -> number.values()[0];
            case Feature.Bytes text -> Double.NaN;
        };
    }
}
