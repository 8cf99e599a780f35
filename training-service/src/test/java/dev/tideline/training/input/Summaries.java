package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Statistics of made-up records. */
final class Summaries {

    private Summaries() {}

    /** @param record names and values in turn: Double, Long, String, or null for a missing one */
    static DatasetStatistics of(Schema schema, int records, IntFunction<Object[]> record) {
        var builder = new StatisticsBuilder(schema);
        for (int i = 0; i < records; i++) {
            var features = new TreeMap<String, Feature>();
            var parts = record.apply(i);
            for (int p = 0; p < parts.length; p += 2) {
                if (parts[p + 1] != null) {
                    features.put((String) parts[p], feature(parts[p + 1]));
                }
            }
            builder.add(Example.of(features));
        }
        return builder.build();
    }

    private static Feature feature(Object value) {
        return switch (value) {
            case Double number -> Feature.floats(number.floatValue());
            case Long number -> Feature.longs(number);
            case Integer number -> Feature.longs(number);
            default -> Feature.text(value.toString());
        };
    }
}
