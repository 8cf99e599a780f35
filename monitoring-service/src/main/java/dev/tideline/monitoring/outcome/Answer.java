package dev.tideline.monitoring.outcome;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.monitoring.profile.Confidence;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a model answered, beside the truth. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Named.class, name = "named"),
    @JsonSubTypes.Type(value = Answer.Measured.class, name = "measured")
})
sealed interface Answer {

    String LABEL = RecordHeaders.OUTPUT_PREFIX + "label";
    String PROBABILITY = RecordHeaders.OUTPUT_PREFIX + "probability";
    String PROBABILITIES = RecordHeaders.OUTPUT_PREFIX + "probabilities";
    String PREDICTION = RecordHeaders.OUTPUT_PREFIX + "prediction";

    /**
     * A class.
     *
     * @param confidence probability of the class that was named; null when the model gives none
     * @param truth      probability that the model gave to the true class; null when that is not known
     * @param score      probability of the positive one of two classes; null with more classes
     */
    record Named(boolean right, @Nullable Double confidence, @Nullable Double truth, @Nullable Double score) implements Answer {

        /** Whether the positive class was the true one, which follows from the score and from being right. */
        boolean positive() {
            return score != null && score >= 0.5 == right;
        }
    }

    /** A number. */
    record Measured(double predicted, double actual) implements Answer {

        double distance() {
            return Math.abs(predicted - actual);
        }
    }

    /** Empty when the prediction has neither {@code output/label} nor {@code output/prediction}, or they do not compare with the label. */
    static Optional<Answer> of(Example prediction, Feature label) {
        if (label.isEmpty()) {
            return Optional.empty();
        }
        Feature named = prediction.feature(LABEL);
        if (named != null && !named.isEmpty()) {
            return Optional.of(named(prediction, named, label));
        }
        Feature measured = prediction.feature(PREDICTION);
        if (measured == null || measured.size() != 1) {
            return Optional.empty();
        }
        double predicted = number(measured);
        double actual = number(label);
        return Double.isFinite(predicted) && Double.isFinite(actual) ? Optional.of(new Measured(predicted, actual)) : Optional.empty();
    }

    private static Named named(Example prediction, Feature named, Feature label) {
        boolean right = same(named, label);
        OptionalDouble sure = Confidence.of(prediction);
        if (sure.isEmpty()) {
            return new Named(right, null, null, null);
        }
        double confidence = sure.getAsDouble();
        if (prediction.feature(PROBABILITY) instanceof Feature.Floats two && two.size() == 1) {
            return new Named(right, confidence, right ? confidence : 1 - confidence, (double) two.values()[0]);
        }
        Double truth = right ? Double.valueOf(confidence) : place(prediction, label);
        return new Named(right, confidence, truth, null);
    }

    /** Classes that are numbers are places among the probabilities. */
    private static @Nullable Double place(Example prediction, Feature label) {
        return prediction.feature(PROBABILITIES) instanceof Feature.Floats many && label instanceof Feature.Longs whole
                && whole.values()[0] >= 0 && whole.values()[0] < many.size() ? Double.valueOf(many.values()[(int) whole.values()[0]]) : null;
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
