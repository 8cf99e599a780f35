package dev.tideline.ingest.dataset;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the values of a record's key and time features. */
final class RecordMarks {

    private final int key;
    private final int time;

    RecordMarks(Schema schema) {
        List<String> names = schema.features().stream().map(FeatureSpec::name).toList();
        key = schema.key() == null ? -1 : names.indexOf(schema.key());
        time = schema.time() == null ? -1 : names.indexOf(schema.time());
    }

    /** Whether the schema names neither. */
    boolean none() {
        return key < 0 && time < 0;
    }

    /** Null when the schema names none, or the record lacks it. */
    byte @Nullable [] key(CanonicalRow row) {
        return switch (feature(row, key)) {
            case null -> null;
            case Feature.Bytes bytes -> bytes.values()[0];
            case Feature.Longs longs -> Long.toString(longs.values()[0]).getBytes(StandardCharsets.UTF_8);
            case Feature.Floats floats -> Float.toString(floats.values()[0]).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Null when the schema names none, or the record lacks it. */
    @Nullable Feature time(CanonicalRow row) {
        return feature(row, time);
    }

    private static @Nullable Feature feature(CanonicalRow row, int feature) {
        if (feature < 0 || row.values(feature) == CanonicalRow.Values.ABSENT) {
            return null;
        }
        row.open(feature);
        int size = row.size(feature);
        return switch (row.values(feature)) {
            case ABSENT -> null;
            case BYTES -> new Feature.Bytes(texts(row, size));
            case FLOATS -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = row.nextFloat();
                }
                yield new Feature.Floats(values);
            }
            case LONGS -> {
                long[] values = new long[size];
                for (int i = 0; i < size; i++) {
                    values[i] = row.nextLong();
                }
                yield new Feature.Longs(values);
            }
        };
    }

    private static byte[][] texts(CanonicalRow row, int size) {
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            int length = row.nextBytes();
            values[i] = Arrays.copyOfRange(row.bytes(), row.position(), row.position() + length);
        }
        return values;
    }
}
