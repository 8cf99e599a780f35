package dev.tideline.monitoring.support;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A binary classifier over {@code x}, {@code y} (normal) and {@code kind} (text), which says 1 when x + y is above 0. Rows of its
 * stream can be shifted, and their labels inverted.
 */
public record TestModel(String name) {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> KINDS = List.of("a", "a", "b", "c");

    /** @param label as the outside world reports it */
    public record Row(String id, Instant time, float x, float y, String kind, long label, long predicted) {

        public Row at(Instant other) {
            return new Row(id, other, x, y, kind, label, predicted);
        }

        public Row withOtherLabel() {
            return new Row(id, time, x, y, kind, 1 - label, predicted);
        }
    }

    public String dataset() {
        return name + "-data";
    }

    /** The job that its manifest names. */
    public String job(long version) {
        return "job-" + name + "-" + version;
    }

    public Schema schema() {
        return new Schema(1, List.of(FeatureSpec.scalar("id", Kind.TEXT), FeatureSpec.scalar("at", Kind.TEXT),
                FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("y", Kind.FLOAT),
                FeatureSpec.scalar("kind", Kind.TEXT), FeatureSpec.scalar("label", Kind.INT)), "label", "id", "at");
    }

    /** {@code count} rows, one per millisecond from millisecond {@code first} on; {@code noise} of the labels are wrong. */
    public List<Row> rows(int first, int count, double shift, double noise) {
        SplittableRandom random = new SplittableRandom(31L * name.hashCode() + first);
        List<Row> rows = new ArrayList<>(count);
        for (int i = first; i < first + count; i++) {
            float x = (float) (random.nextGaussian() + shift);
            float y = (float) (random.nextGaussian() + shift);
            long predicted = x + y > 0 ? 1 : 0;
            long label = random.nextDouble() < noise ? 1 - predicted : predicted;
            rows.add(new Row(name + "-" + i, START.plusMillis(i), x, y, KINDS.get(random.nextInt(KINDS.size())), label, predicted));
        }
        return rows;
    }

    /** The message that inference logs. */
    Example logged(Row row) {
        return Example.of(Map.of("x", Feature.floats(row.x()), "y", Feature.floats(row.y()), "kind", Feature.text(row.kind()),
                RecordHeaders.OUTPUT_PREFIX + "probability", Feature.floats(1 / (1 + (float) Math.exp(-row.x() - row.y()))),
                RecordHeaders.OUTPUT_PREFIX + "label", Feature.longs(row.predicted())));
    }
}
