package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The short way for records that are as they should be: checks them where they lie and turns JSON into Example bytes at once. Of any
 * other record it only says that it is not for it; {@link RecordConverter} then takes the long way, with the same result for good
 * records and with the problems of bad ones. Reused from record to record; not thread-safe.
 */
public final class RowReader {

    private final List<FeatureSpec> features;
    private final ValueCheck[] checks;
    private final CanonicalRow row;
    private final JsonRow json;

    public RowReader(Schema schema) {
        features = schema.features();
        checks = features.stream().map(ValueCheck::new).toArray(ValueCheck[]::new);
        row = new CanonicalRow(features.stream().map(FeatureSpec::name).toList());
        json = new JsonRow(features, checks);
    }

    /** The record that was read last; features in the order of the schema. */
    public CanonicalRow row() {
        return row;
    }

    /** Whether the bytes are those of an Example that keeps to the schema, just as they would be written after all defaults are in. */
    public boolean example(byte[] bytes) {
        return row.read(bytes) && fits();
    }

    /** Example bytes of a JSON object that keeps to the schema; null when it may not. */
    public byte @Nullable [] json(byte[] record) {
        byte[] bytes = json.convert(record);
        return bytes != null && row.read(bytes) ? bytes : null;
    }

    private boolean fits() {
        for (int i = 0; i < checks.length; i++) {
            FeatureSpec spec = features.get(i);
            boolean fits = switch (row.values(i)) {
                case ABSENT -> !spec.required() && spec.defaultValue() == null;
                case BYTES -> (spec.kind() == Kind.TEXT || spec.kind() == Kind.BYTES) && row.size(i) == spec.size() && textsFit(i);
                case FLOATS -> spec.kind() == Kind.FLOAT && row.size(i) == spec.size() && floatsFit(i);
                case LONGS -> spec.kind() == Kind.INT && row.size(i) == spec.size() && longsFit(i);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
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
