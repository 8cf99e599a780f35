package dev.tideline.training.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.model.Metrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One rule and what came of it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Finding.Examples.class, name = "examples"),
    @JsonSubTypes.Type(value = Finding.Worst.class, name = "worst"),
    @JsonSubTypes.Type(value = Finding.Loss.class, name = "maximumLoss"),
    @JsonSubTypes.Type(value = Finding.Better.class, name = "minimumImprovement"),
    @JsonSubTypes.Type(value = Finding.Undecided.class, name = "undecided"),
    @JsonSubTypes.Type(value = Finding.NoRival.class, name = "champion")
})
public sealed interface Finding {

    boolean passed();

    /** One line: figures, then what was expected if it did not pass. */
    String text();

    /** Enough evaluation examples. */
    record Examples(long examples, int minimum, boolean passed) implements Finding {
        @Override
        public String text() {
            return "evaluation examples: " + examples + " (expected: at least " + minimum + ")";
        }
    }

    /**
     * An absolute bound.
     *
     * @param slice     null for all examples
     * @param candidate null when it is undefined
     */
    record Worst(String metric, @Nullable String slice, @Nullable Double candidate, double threshold, boolean passed) implements Finding {
        @Override
        public String text() {
            return name(metric, slice) + ": " + number(candidate) + " (expected: "
                + (Metrics.smallerIsBetter(metric) ? "at most " : "at least ") + number(threshold) + ")";
        }
    }

    /**
     * A bound relative to the champion.
     *
     * @param threshold how much worse the candidate may be, in the metric's own unit
     */
    record Loss(
            String metric, @Nullable String slice, @Nullable Double candidate, @Nullable Double champion, double threshold,
            boolean passed) implements Finding {
        @Override
        public String text() {
            return name(metric, slice) + ": " + number(candidate) + " against the champion's " + number(champion)
                + " (expected: worse by at most " + number(threshold) + ")";
        }
    }

    /** The deciding comparison with its interval. */
    record Better(
            String metric, @JsonProperty("comparison") Comparison.Measured figures, double threshold, boolean passed) implements Finding {
        @Override
        public String text() {
            var line = String.format(Locale.ROOT,
                "%s: %s against the champion's %s, better by %s, %s %% interval %s to %s on %d examples in blocks of %d",
                metric, number(figures.candidate()), number(figures.champion()), number(figures.improvement()),
                percent(figures.confidence()), number(figures.lower()), number(figures.upper()), figures.examples(), figures.blockLength());
            return passed ? line : line + " (expected: surely better by more than " + number(threshold) + ")";
        }
    }

    /** The deciding metric says nothing. */
    record Undecided(String metric, String reason) implements Finding {
        @Override
        public boolean passed() {
            return false;
        }

        @Override
        public String text() {
            return metric + ": undefined, " + reason;
        }
    }

    /** Nobody to compare with; {@code passed} says whether that is fine. */
    record NoRival(String reason, boolean passed) implements Finding {
        @Override
        public String text() {
            return passed ? reason : reason + " (expected: a champion that can be judged; promote or roll back by hand,"
                + " or set gate/unusableChampion to replace)";
        }
    }

    private static String name(String metric, @Nullable String slice) {
        return slice == null ? metric : metric + " of " + slice;
    }

    /** As sentences of a verdict show a metric. */
    static String number(@Nullable Double value) {
        return value == null ? "undefined" : value == 0 ? "0" : String.format(Locale.ROOT, "%.6g", value);
    }

    private static String percent(double share) {
        double percent = Math.round(share * 10_000) / 100.0;
        return percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent);
    }
}
