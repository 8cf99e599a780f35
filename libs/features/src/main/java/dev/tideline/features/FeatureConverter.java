package dev.tideline.features;

import dev.tideline.contracts.Problem;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts and checks one feature. */
final class FeatureConverter {

    /** Of one feature: a picture of nothing but wrong pixels would fill the memory with problems. */
    private static final int MAX_PROBLEMS = 100;
    private static final String FLOAT_RANGE = "a number from -3.4028235E38 to 3.4028235E38, since features are float32";
    private static final String INT_RANGE = "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;

    private final FeatureSpec spec;
    private final String pointer;
    private final int size;
    private final Domain.@Nullable Range range;
    private final @Nullable Set<String> values;

    FeatureConverter(FeatureSpec spec) {
        this.spec = spec;
        this.pointer = RecordConverter.pointer(spec.name());
        this.size = spec.size();
        this.range = spec.domain() instanceof Domain.Range bounds ? bounds : null;
        this.values = spec.domain() instanceof Domain.Values allowed ? new HashSet<>(allowed.values()) : null;
    }

    String name() {
        return spec.name();
    }

    @Nullable Feature fromJson(JsonNode json, List<Problem> problems) {
        if (json.isMissingNode() || json.isNull()) {
            return absent(problems);
        }
        int before = problems.size();
        Filler filler = new Filler(problems);
        filler.fill(json, 0, pointer);
        return problems.size() > before ? null : filler.feature();
    }

    @Nullable Feature check(@Nullable Feature feature, List<Problem> problems) {
        if (feature == null || feature.isEmpty()) {
            return absent(problems);
        }
        boolean matches = switch (feature) {
            case Feature.Floats floats -> spec.kind() == Kind.FLOAT;
            case Feature.Longs longs -> spec.kind() == Kind.INT;
            case Feature.Bytes bytes -> spec.kind() == Kind.TEXT || spec.kind() == Kind.BYTES;
        };
        if (!matches || feature.size() != size) {
            problems.add(new Problem(matches ? "WRONG_SHAPE" : "WRONG_KIND", pointer,
                    feature.size() + " values of " + feature.getClass().getSimpleName(), expectation()));
            return null;
        }
        int before = problems.size();
        switch (feature) {
            case Feature.Floats floats -> {
                for (float value : floats.values()) {
                    checkNumber(value, pointer, problems);
                }
            }
            case Feature.Longs longs -> {
                for (long value : longs.values()) {
                    checkLong(value, pointer, problems);
                }
            }
            case Feature.Bytes bytes -> {
                for (int i = 0; values != null && i < bytes.size(); i++) {
                    checkValue(bytes.text(i), pointer, problems);
                }
            }
        }
        return problems.size() > before ? null : feature;
    }

    private @Nullable Feature absent(List<Problem> problems) {
        Feature fallback = switch (spec.defaultValue()) {
            case null -> null;
            case Long number when spec.kind() == Kind.INT -> Feature.longs(number);
            case Number number -> Feature.floats(number.floatValue());
            case Object text -> Feature.text(text.toString());
        };
        if (fallback == null && spec.required()) {
            problems.add(new Problem("MISSING_FEATURE", pointer, "absent", expectation()));
        }
        return fallback;
    }

    private void checkNumber(double value, String at, List<Problem> problems) {
        if (range != null && !range.contains(value)) {
            problems.add(new Problem("OUT_OF_DOMAIN", at, String.valueOf(value), range.toString()));
        }
    }

    private void checkLong(long value, String at, List<Problem> problems) {
        checkNumber(value, at, problems);
        if (values != null) {
            checkValue(Long.toString(value), at, problems);
        }
    }

    private void checkValue(String value, String at, List<Problem> problems) {
        if (values != null && !values.contains(value)) {
            problems.add(new Problem("OUT_OF_DOMAIN", at, value, String.valueOf(spec.domain())));
        }
    }

    private String expectation() {
        String kind = switch (spec.kind()) {
            case FLOAT -> "a number";
            case INT -> "an integer";
            case TEXT -> "a string";
            case BYTES -> "bytes in base64";
        };
        return spec.shape().isEmpty() ? kind : "an array of shape " + spec.shape() + " with " + kind + " in each place";
    }

    /** Fills one primitive array from nested JSON. */
    private final class Filler {

        private final List<Problem> problems;
        private final float[] floats;
        private final long[] longs;
        private final byte[][] bytes;
        private final int most;
        private int next;

        Filler(List<Problem> problems) {
            this.most = problems.size() + MAX_PROBLEMS;
            this.problems = problems;
            this.floats = new float[spec.kind() == Kind.FLOAT ? size : 0];
            this.longs = new long[spec.kind() == Kind.INT ? size : 0];
            this.bytes = new byte[spec.kind() == Kind.TEXT || spec.kind() == Kind.BYTES ? size : 0][];
        }

        Feature feature() {
            return switch (spec.kind()) {
                case FLOAT -> new Feature.Floats(floats);
                case INT -> new Feature.Longs(longs);
                case TEXT, BYTES -> new Feature.Bytes(bytes);
            };
        }

        void fill(JsonNode json, int depth, String at) {
            if (depth == spec.shape().size()) {
                value(json, at);
            } else if (!json.isArray() || json.size() != spec.shape().get(depth)) {
                problems.add(new Problem("WRONG_SHAPE", at, json.toString(), expectation()));
            } else {
                for (int i = 0; i < json.size() && problems.size() < most; i++) {
                    fill(json.get(i), depth + 1, at + "/" + i);
                }
            }
        }

        private void value(JsonNode json, String at) {
            switch (spec.kind()) {
                case FLOAT -> {
                    double value = json.isNumber() ? number(json) : 0;
                    if (!json.isNumber()) {
                        wrong(json, at);
                    } else if (Float.isFinite((float) value)) {
                        floats[next++] = (float) value;
                        checkNumber(value, at, problems);
                    } else {
                        problems.add(new Problem("OUT_OF_RANGE", at, json.asString(), FLOAT_RANGE));
                    }
                }
                case INT -> {
                    if (json.isIntegralNumber() && json.canConvertToLong() || json.isBoolean()) {
                        long value = json.isBoolean() ? (json.booleanValue() ? 1 : 0) : json.longValue();
                        longs[next++] = value;
                        checkLong(value, at, problems);
                    } else if (json.isIntegralNumber()) {
                        problems.add(new Problem("OUT_OF_RANGE", at, json.toString(), INT_RANGE));
                    } else {
                        wrong(json, at);
                    }
                }
                case TEXT -> {
                    if (json.isString() && !isUnicode(json.stringValue())) {
                        problems.add(new Problem("WRONG_KIND", at, json.toString(), "text in which surrogates come in pairs"));
                    } else if (json.isString()) {
                        bytes[next++] = json.stringValue().getBytes(StandardCharsets.UTF_8);
                        checkValue(json.stringValue(), at, problems);
                    } else {
                        wrong(json, at);
                    }
                }
                case BYTES -> {
                    try {
                        bytes[next++] = Base64.getDecoder().decode(json.isString() ? json.stringValue() : "*");
                    } catch (IllegalArgumentException e) {
                        wrong(json, at);
                    }
                }
            }
        }

        /** Jackson's own conversion throws where a number has no place in a double; here it becomes infinite. */
        private static double number(JsonNode json) {
            return json.isBigInteger() ? json.bigIntegerValue().doubleValue() : json.doubleValue();
        }

        /** Half a surrogate pair has no form in UTF-8: it would turn into a question mark. */
        private static boolean isUnicode(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isSurrogate(c)) {
                    if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(++i))) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void wrong(JsonNode json, String at) {
            problems.add(new Problem("WRONG_KIND", at, json.toString(), expectation()));
        }
    }
}
