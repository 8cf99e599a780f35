package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keys of a vocabulary in rising order.
 *
 * @param places of the keys' values in the vocabulary
 */
record SortedVocabulary(long[] keys, long[] places) {

    static SortedVocabulary of(Column column, List<String> values) {
        var keys = switch (column.kind()) {
            case TEXT, BYTES -> LookupNodes.hashes(values);
            case INT, FLOAT -> values.stream().mapToLong(Long::parseLong).toArray();
        };
        var order = IntStream.range(0, keys.length).boxed().sorted((a, b) -> Long.compare(keys[a], keys[b]))
            .mapToInt(Integer::intValue).toArray();
        var sorted = new long[keys.length];
        var places = new long[keys.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = keys[order[i]];
            places[i] = order[i];
        }
        return new SortedVocabulary(sorted, places);
    }
}
