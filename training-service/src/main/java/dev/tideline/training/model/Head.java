package dev.tideline.training.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model answers, and with which loss it is trained. */
public sealed interface Head {

    /**
     * Two classes, sigmoid and cross entropy; outputs {@code probability} and {@code label}.
     *
     * @param positive the class whose probability is given; null takes the last in natural order
     */
    record Binary(@Nullable String positive, ClassWeights classWeights) implements Head {
        public Binary(@Nullable String positive) {
            this(positive, ClassWeights.none());
        }
    }

    /** Several classes, softmax and cross entropy; outputs {@code probabilities} and {@code label}. */
    record Multiclass(ClassWeights classWeights) implements Head {
        public Multiclass() {
            this(ClassWeights.none());
        }
    }

    /**
     * Several yes-or-no answers about one example, a sigmoid and cross entropy each, averaged; the label is a shaped feature of 0
     * and 1. Outputs {@code probabilities} and {@code labels}, both {@code [batch, labels]}.
     *
     * @param labels       their names in the order of the feature's values; empty: their places from 0
     * @param classWeights what a yes weighs in the loss, by name of the label
     */
    record Multilabel(List<String> labels, ClassWeights classWeights) implements Head {
        public Multilabel {
            labels = List.copyOf(labels);
        }
    }

    /** A number, squared error on the standardised label; output {@code prediction}. */
    record Regression() implements Head {}

    /**
     * Several quantiles of a number, mean pinball loss (Koenker and Bassett 1978) on the standardised label. They cannot cross:
     * each is the one before it plus something positive. Outputs {@code quantiles} and {@code prediction}, the one nearest to 0.5.
     *
     * @param quantiles in (0, 1), strictly rising
     */
    record Quantile(List<Double> quantiles) implements Head {
        public Quantile {
            quantiles = List.copyOf(quantiles);
        }

        /** Place of the quantile nearest to the median; the lower one of two. */
        public int middle() {
            int best = 0;
            for (int i = 1; i < quantiles.size(); i++) {
                best = Math.abs(quantiles.get(i) - 0.5) < Math.abs(quantiles.get(best) - 0.5) ? i : best;
            }
            return best;
        }
    }
}
