package dev.tideline.monitoring.outcome;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.monitoring.profile.Confidence;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a model answered, beside the truth. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Named.class, name = "named"),
    @JsonSubTypes.Type(value = Answer.Several.class, name = "several"),
    @JsonSubTypes.Type(value = Answer.Measured.class, name = "measured")
})
sealed interface Answer {

    String LABEL = RecordHeaders.OUTPUT_PREFIX + "label";
    String PROBABILITY = RecordHeaders.OUTPUT_PREFIX + "probability";
    String PROBABILITIES = RecordHeaders.OUTPUT_PREFIX + "probabilities";
    String PREDICTION = RecordHeaders.OUTPUT_PREFIX + "prediction";
    /** Least probability that a truth counts with, so that a sure mistake has a finite loss. */
    double SMALLEST = 1e-7;

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

    /**
     * Several yes-or-no answers.
     *
     * @param share of them that were right
     * @param loss  mean of minus the logarithm of the probability that each gave to the truth
     * @param said  places of those that were answered with yes; null in windows from before it was kept
     * @param meant places of those that are yes; null likewise
     */
    record Several(double share, double loss, @Nullable List<Integer> said, @Nullable List<Integer> meant) implements Answer {

        /** Whether each of them was right. */
        boolean right() {
            return share == 1;
        }
    }

    /** A number. */
    record Measured(double predicted, double actual) implements Answer {

        double distance() {
            return Math.abs(predicted - actual);
        }
    }

    /**
     * Empty when the prediction has none of {@code output/label}, {@code output/prediction} and as many {@code output/probabilities} as the label
     * has values, or they do not compare with the label.
     */
    static Optional<Answer> of(Example prediction, Feature label) {
        if (label.isEmpty()) {
            return Optional.empty();
        }
        Feature named = prediction.feature(LABEL);
        if (named != null && !named.isEmpty()) {
            return Optional.of(named(prediction, named, label));
        }
        if (prediction.feature(PROBABILITIES) instanceof Feature.Floats many && many.size() == label.size()) {
            return several(many.values(), label);
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

    /** Empty when a probability is none. */
    private static Optional<Answer> several(float[] probabilities, Feature label) {
        int right = 0;
        double loss = 0;
        List<Integer> said = new ArrayList<>();
        List<Integer> meant = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            float p = probabilities[i];
            double truth = at(label, i);
            if (!(p >= 0 && p <= 1) || truth != 0 && truth != 1) {
                return Optional.empty();
            }
            right += p >= 0.5f == (truth == 1) ? 1 : 0;
            if (p >= 0.5f) {
                said.add(i);
            }
            if (truth == 1) {
                meant.add(i);
            }
            loss -= Math.log(Math.max(SMALLEST, truth == 1 ? p : 1.0 - p));
        }
        return Optional.of(new Several((double) right / probabilities.length, loss / probabilities.length, said, meant));
    }

    /** NaN for text. */
    private static double at(Feature label, int index) {
        return switch (label) {
            case Feature.Longs whole -> whole.values()[index];
            case Feature.Floats number -> number.values()[index];
            case Feature.Bytes text -> Double.NaN;
        };
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
        return at(feature, 0);
    }
}
