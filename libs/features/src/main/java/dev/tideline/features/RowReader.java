package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.CanonicalRow.Values;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The short way for records that are as they should be: checks them where they lie and turns JSON into Example bytes at once. Of any
 * other record it only says that it is not for it; {@link RecordConverter} then takes the long way, with the same result for good
 * records and with the problems of bad ones. Reused from record to record; not thread-safe.
 */
public final class RowReader {

    private final ValueCheck[] checks;
    private final Values[] wanted;
    private final int[] sizes;
    private final boolean[] optional;
    private final CanonicalRow row;
    private final JsonRow json;
    /** The features to be looked at in every row of {@link #layout}: kind, size and domain of the others are known to be right. */
    private int[] open;
    private int layout = -1;

    public RowReader(Schema schema) {
        List<FeatureSpec> features = schema.features();
        wanted = features.stream().map(feature -> wanted(feature.kind())).toArray(Values[]::new);
        sizes = features.stream().mapToInt(FeatureSpec::size).toArray();
        optional = new boolean[sizes.length];
        for (int i = 0; i < optional.length; i++) {
            optional[i] = !features.get(i).required() && features.get(i).defaultValue() == null;
        }
        checks = features.stream().map(ValueCheck::new).toArray(ValueCheck[]::new);
        row = new CanonicalRow(features.stream().map(FeatureSpec::name).toList());
        json = new JsonRow(features, checks);
        open = IntStream.range(0, checks.length).toArray();
    }

    /** The record that was taken last by {@link #example}, or that it was told to read; features in the order of the schema. */
    public CanonicalRow row() {
        return row;
    }

    /** Whether the bytes are those of an Example that keeps to the schema, just as they would be written after all defaults are in. */
    public boolean example(byte[] bytes) {
        return row.read(bytes) && fits();
    }

    /** Example bytes of a JSON object that keeps to the schema, in the form that {@link #row()} reads; null when it may not keep to it. */
    public byte @Nullable [] json(byte[] record) {
        return json.convert(record);
    }

    private boolean fits() {
        if (row.layout() != layout) {
            layout = -1;
            open = IntStream.range(0, checks.length).toArray();
        }
        for (int feature : open) {
            if (!fits(feature)) {
                return false;
            }
        }
        if (layout < 0) {
            layout = row.layout();
            open = IntStream.range(0, checks.length).filter(feature -> !row.fixed(feature) || !checks[feature].free()).toArray();
        }
        return true;
    }

    private boolean fits(int feature) {
        Values found = row.values(feature);
        return found == Values.ABSENT ? optional[feature]
                : found == wanted[feature] && row.size(feature) == sizes[feature] && (checks[feature].free() || allowed(feature));
    }

    private boolean allowed(int feature) {
        return switch (wanted[feature]) {
            case ABSENT -> false;
            case BYTES -> textsFit(feature);
            case FLOATS -> floatsFit(feature);
            case LONGS -> longsFit(feature);
        };
    }

    private static Values wanted(Kind kind) {
        return switch (kind) {
            case FLOAT -> Values.FLOATS;
            case INT -> Values.LONGS;
            case TEXT, BYTES -> Values.BYTES;
        };
    }

    private boolean textsFit(int feature) {
        row.open(feature);
        for (int left = row.size(feature); left > 0; left--) {
            int length = row.nextBytes();
            if (!checks[feature].allows(row.bytes(), row.position(), row.position() + length)) {
                return false;
            }
        }
        return true;
    }

    private boolean floatsFit(int feature) {
        row.open(feature);
        for (int left = row.size(feature); left > 0; left--) {
            if (!checks[feature].allows(row.nextFloat())) {
                return false;
            }
        }
        return true;
    }

    private boolean longsFit(int feature) {
        row.open(feature);
        for (int left = row.size(feature); left > 0; left--) {
            if (!checks[feature].allows(row.nextLong())) {
                return false;
            }
        }
        return true;
    }
}
