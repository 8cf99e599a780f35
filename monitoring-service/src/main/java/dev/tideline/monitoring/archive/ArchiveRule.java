package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which labelled predictions of a model go back to its dataset, and what is hidden of all its predictions.
 *
 * @param enabled whether any go back
 * @param share   of the labelled predictions, chosen by their ids
 * @param maxAge  of a prediction when its label comes; older ones do not go back; null for any age
 * @param redact  features and outputs ({@code output/...}) that leave the prediction log changed or not at all
 */
record ArchiveRule(boolean enabled, double share, @Nullable Duration maxAge, SortedMap<String, Redaction> redact) {

    private static final int MAX_REDACTED = 1_000;

    /** What becomes of a redacted feature. */
    enum Redaction {
        /** Left out. */
        DROP,
        /** HMAC-SHA-256 under a secret of the model: equal values stay equal, and nobody can guess them. Text and bytes only. */
        HASH
    }

    ArchiveRule {
        redact = Collections.unmodifiableSortedMap(new TreeMap<>(redact));
    }

    static ArchiveRule defaults() {
        return new ArchiveRule(true, 1, null, new TreeMap<>());
    }

    /** What is wrong with the values, seen without a schema. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (!(share >= 0 && share <= 1)) {
            problems.add(new Problem("OUT_OF_RANGE", "/share", Double.toString(share), "0 to 1"));
        }
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
            problems.add(new Problem("OUT_OF_RANGE", "/maxAge", maxAge.toString(), "above 0"));
        }
        if (redact.size() > MAX_REDACTED) {
            problems.add(new Problem("TOO_MANY", "/redact", Integer.toString(redact.size()), "at most " + MAX_REDACTED + " features"));
        }
        return problems;
    }
}
