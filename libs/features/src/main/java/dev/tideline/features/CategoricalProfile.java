package dev.tideline.features;

import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of values on the categories of the training data; new ones are counted together, the first 16 by the start of their name too. */
public final class CategoricalProfile implements Profile {

    /** Names are for people; a profile is kept and sent with every chunk of rows, so a flood of long texts must not make it large. */
    private static final int MAX_NAMED = 16;
    private static final int MAX_NAME = 64;

    final Baseline.Categorical baseline;
    final long[] counts;
    final Map<String, Long> named = new TreeMap<>();
    long unseen;
    long missing;
    long mistyped;
    private final Map<String, Integer> index;

    CategoricalProfile(Baseline.Categorical baseline) {
        this.baseline = baseline;
        this.counts = new long[baseline.counts().length];
        this.index = HashMap.newHashMap(counts.length);
        for (int i = 0; i < counts.length; i++) {
            index.put(baseline.values().get(i), i);
        }
    }

    @Override
    public Baseline.Categorical baseline() {
        return baseline;
    }

    @Override
    public void add(@Nullable Feature feature) {
        switch (feature) {
            case null -> missing++;
            case Feature.Longs longs -> {
                missing += longs.isEmpty() ? 1 : 0;
                for (long value : longs.values()) {
                    add(Long.toString(value));
                }
            }
            case Feature.Bytes bytes -> {
                missing += bytes.isEmpty() ? 1 : 0;
                for (int i = 0; i < bytes.size(); i++) {
                    add(bytes.text(i));
                }
            }
            case Feature.Floats floats -> {
                missing += floats.isEmpty() ? 1 : 0;
                mistyped += floats.size();
            }
        }
    }

    /** Counts one value. */
    public void add(String value) {
        Integer at = index.get(value);
        if (at != null) {
            counts[at]++;
        } else {
            unseen++;
            name(value, 1);
        }
    }

    private void name(String text, long count) {
        String value = start(text);
        if (named.size() < MAX_NAMED || named.containsKey(value)) {
            named.merge(value, count, Long::sum);
        }
    }

    private static String start(String text) {
        if (text.length() <= MAX_NAME) {
            return text;
        }
        // A pair of surrogates is one character; half of one is none.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME) + "…";
    }

    @Override
    public void merge(Profile other) {
        if (!(other instanceof CategoricalProfile that) || !baseline.values().equals(that.baseline.values())) {
            throw new IllegalArgumentException("profile: on other categories (expected: the same baseline)");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += that.counts[i];
        }
        that.named.forEach(this::name);
        unseen += that.unseen;
        missing += that.missing;
        mistyped += that.mistyped;
    }

    @Override
    public long[] counts() {
        return counts;
    }

    @Override
    public long total() {
        return Arrays.stream(counts).sum() + unseen;
    }

    @Override
    public long missing() {
        return missing;
    }

    @Override
    public long mistyped() {
        return mistyped;
    }

    /** Values outside the baseline's categories. */
    public long unseen() {
        return unseen;
    }

    /** Some of the values outside the baseline's categories, with their counts. */
    public Map<String, Long> unseenValues() {
        return Collections.unmodifiableMap(named);
    }
}
