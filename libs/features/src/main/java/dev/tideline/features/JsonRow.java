package dev.tideline.features;

import dev.tideline.tfrecord.RowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns plain JSON objects of one schema into Example bytes, without a tree in between. */
final class JsonRow {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.UTF_8);

    private final FeatureSpec[] features;
    private final ValueCheck[] checks;
    private final JsonCursor.Name[] names;
    private final Kind[] kinds;
    private final boolean[] scalar;
    /** Number of the last record that named each feature, and that had a value for it. */
    private final long[] seen;
    private final long[] present;
    /** Feature at each place of the last record: records of one sender have their features in the same places. */
    private final int[] order;
    private final float[][] floats;
    private final long[][] longs;
    private final RowEncoder encoder;
    private final JsonCursor cursor = new JsonCursor();
    private byte[] in = {};
    private int next;
    private long record;
    /** Features with a value in this record. */
    private int found;

    JsonRow(List<FeatureSpec> specs, ValueCheck[] checks) {
        this.checks = checks;
        features = specs.toArray(FeatureSpec[]::new);
        names = specs.stream().map(spec -> JsonCursor.Name.of(spec.name())).toArray(JsonCursor.Name[]::new);
        kinds = specs.stream().map(FeatureSpec::kind).toArray(Kind[]::new);
        scalar = new boolean[features.length];
        for (int i = 0; i < scalar.length; i++) {
            scalar[i] = features[i].shape().isEmpty();
        }
        seen = new long[features.length];
        present = new long[features.length];
        order = IntStream.range(0, features.length).toArray();
        floats = specs.stream().map(spec -> new float[spec.kind() == Kind.FLOAT ? spec.size() : 0]).toArray(float[][]::new);
        longs = specs.stream().map(spec -> new long[spec.kind() == Kind.INT ? spec.size() : 0]).toArray(long[][]::new);
        encoder = new RowEncoder(specs.stream().map(FeatureSpec::name).toList());
    }

    /** Null when the object is not plain, or not what the schema asks for. */
    byte @Nullable [] convert(byte[] json) {
        in = json;
        cursor.open(json);
        record++;
        found = 0;
        encoder.clear();
        return object() && (found == features.length || complete()) ? encoder.encode() : null;
    }

    private boolean object() {
        if (!cursor.take('{')) {
            return false;
        }
        if (cursor.take('}')) {
            return cursor.atEnd();
        }
        int place = 0;
        do {
            int feature = name(place++);
            if (feature < 0 || seen[feature] == record) {
                return false;
            }
            seen[feature] = record;
            byte first = cursor.peek();
            if (first == 'n' ? !cursor.takeWord(NULL) : !value(feature)) {
                return false;
            }
            if (first != 'n') {
                present[feature] = record;
                found++;
            }
        } while (cursor.take(','));
        return cursor.take('}') && cursor.atEnd();
    }

    private int name(int place) {
        cursor.peek();
        if (place < order.length && cursor.takeName(names[order[place]])) {
            return order[place];
        }
        for (int feature = 0; feature < names.length; feature++) {
            if (cursor.takeName(names[feature])) {
                if (place < order.length) {
                    order[place] = feature;
                }
                return feature;
            }
        }
        return -1;
    }

    private boolean value(int feature) {
        if (!scalar[feature]) {
            return kinds[feature] != Kind.TEXT && kinds[feature] != Kind.BYTES && numbers(feature, features[feature]);
        }
        return switch (kinds[feature]) {
            case FLOAT -> {
                next = 0;
                boolean taken = real(feature);
                encoder.set(feature, floats[feature][0]);
                yield taken;
            }
            case INT -> numbers(feature, features[feature]);
            case TEXT -> text(feature);
            case BYTES -> false;
        };
    }

    private boolean text(int feature) {
        if (!cursor.string() || !checks[feature].allows(in, cursor.start(), cursor.stop())) {
            return false;
        }
        encoder.set(feature, in, cursor.start(), cursor.stop());
        return true;
    }

    private boolean numbers(int feature, FeatureSpec spec) {
        next = 0;
        if (!fill(feature, spec, 0)) {
            return false;
        }
        if (spec.kind() == Kind.FLOAT) {
            encoder.set(feature, floats[feature]);
        } else {
            encoder.set(feature, longs[feature]);
        }
        return true;
    }

    private boolean fill(int feature, FeatureSpec spec, int depth) {
        if (depth == spec.shape().size()) {
            return spec.kind() == Kind.FLOAT ? real(feature) : integer(feature);
        }
        if (!cursor.take('[')) {
            return false;
        }
        for (int i = 0; i < spec.shape().get(depth); i++) {
            if (i > 0 && !cursor.take(',')) {
                return false;
            }
            cursor.peek();
            if (!fill(feature, spec, depth + 1)) {
                return false;
            }
        }
        return cursor.take(']');
    }

    private boolean real(int feature) {
        double value = cursor.plainReal();
        if (Double.isNaN(value)) {
            if (!cursor.number()) {
                return false;
            }
            value = cursor.doubleValue();
        }
        float rounded = (float) value;
        floats[feature][next++] = rounded;
        return Float.isFinite(rounded) && checks[feature].allows(value);
    }

    private boolean integer(int feature) {
        long value;
        if (cursor.peek() == 't' && cursor.takeWord(TRUE)) {
            value = 1;
        } else if (cursor.peek() == 'f' && cursor.takeWord(FALSE)) {
            value = 0;
        } else if (cursor.number() && cursor.integral()) {
            value = cursor.longValue();
        } else {
            return false;
        }
        longs[feature][next++] = value;
        return checks[feature].allows(value);
    }

    /** Fills in defaults; false when a required feature is absent. */
    private boolean complete() {
        for (int i = 0; i < features.length; i++) {
            if (present[i] != record && !absent(i, features[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean absent(int feature, FeatureSpec spec) {
        switch (spec.defaultValue()) {
            case null -> {
                return !spec.required();
            }
            case Long number when spec.kind() == Kind.INT -> encoder.set(feature, number.longValue());
            case Number number -> encoder.set(feature, number.floatValue());
            case Object text -> encoder.set(feature, text.toString());
        }
        return true;
    }
}
