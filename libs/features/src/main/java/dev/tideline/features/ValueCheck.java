package dev.tideline.features;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The domain of one feature, asked about values that nobody has made objects of. Says the same as {@link FeatureConverter}. */
final class ValueCheck {

    private final Domain.@Nullable Range range;
    /** Allowed values in ascending order. */
    private final byte @Nullable [][] texts;
    private final long @Nullable [] integers;

    ValueCheck(FeatureSpec spec) {
        range = spec.domain() instanceof Domain.Range bounds ? bounds : null;
        if (spec.domain() instanceof Domain.Values allowed) {
            texts = allowed.values().stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).sorted(Arrays::compare).toArray(byte[][]::new);
            integers = allowed.values().stream().flatMapToLong(ValueCheck::integer).sorted().toArray();
        } else {
            texts = null;
            integers = null;
        }
    }

    private static LongStream integer(String value) {
        // A text like 007 is no integer's text, so that no integer has that value.
        return Stream.of(value).filter(text -> text.matches("0|-?[1-9][0-9]{0,17}")).mapToLong(Long::parseLong);
    }

    /** Whether every value of the kind is allowed. */
    boolean free() {
        return range == null && texts == null;
    }

    boolean allows(double number) {
        return range == null || range.contains(number);
    }

    boolean allows(long integer) {
        return allows((double) integer) && (integers == null || Arrays.binarySearch(integers, integer) >= 0);
    }

    boolean allows(byte[] source, int from, int to) {
        if (texts == null) {
            return true;
        }
        int low = 0;
        int high = texts.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Arrays.compare(texts[middle], 0, texts[middle].length, source, from, to);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
