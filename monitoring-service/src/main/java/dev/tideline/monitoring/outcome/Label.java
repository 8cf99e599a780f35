package dev.tideline.monitoring.outcome;

import dev.tideline.contracts.Outcome;
import dev.tideline.contracts.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A late label as it came.
 *
 * @param value JSON scalar; an array of 0 and 1 for a model of several yes-or-no answers
 * @param time  when it became known; null when the sender did not say
 */
record Label(String predictionId, JsonNode value, @Nullable Instant time) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ID = 256;
    /** What waits is kept as text of at most 65,535 bytes. */
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_FLAGS = 10_000;

    /** A {@link Label}, or all that is wrong with {@code node}, seen from {@code pointer}. */
    record Read(@Nullable Label label, List<Problem> problems) {}

    static Read read(byte @Nullable [] json) {
        try {
            return read(JSON.readTree(json == null ? new byte[0] : json), "");
        } catch (JacksonException failure) {
            String start = json == null ? "" : new String(json, StandardCharsets.UTF_8);
            return new Read(null, List.of(new Problem("MALFORMED_JSON", "", start, "an outcome as JSON object")));
        }
    }

    static Read read(JsonNode node, String pointer) {
        List<Problem> problems = new ArrayList<>();
        if (!node.isObject()) {
            problems.add(new Problem("WRONG_TYPE", pointer, node.toString(), "an outcome: predictionId, label, time"));
            return new Read(null, problems);
        }
        JsonNode id = node.path("predictionId");
        if (!id.isString() || id.stringValue().isEmpty() || id.stringValue().length() > MAX_ID) {
            problems.add(new Problem("INVALID_PREDICTION_ID", pointer + "/predictionId", shown(id),
                    "text of 1 to " + MAX_ID + " characters"));
        }
        JsonNode value = node.path("label");
        boolean text = value.isString() && value.stringValue().length() <= MAX_TEXT;
        if (!isFinite(value) && !text && !value.isBoolean() && !areFlags(value)) {
            problems.add(new Problem("INVALID_LABEL", pointer + "/label", shown(value), "a number within a double's range, a boolean, text of at most " + MAX_TEXT
                    + " characters, or an array of at most " + MAX_FLAGS + " times 0 or 1"));
        }
        Instant time = time(node.path("time"), pointer, problems);
        return new Read(problems.isEmpty() ? new Label(id.stringValue(), value, time) : null, problems);
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static boolean areFlags(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.size() <= MAX_FLAGS
                && value.valueStream().allMatch(flag -> flag.isIntegralNumber() && flag.canConvertToInt() && (flag.intValue() | 1) == 1);
    }

    private static @Nullable Instant time(JsonNode time, String pointer, List<Problem> problems) {
        if (time.isMissingNode() || time.isNull()) {
            return null;
        }
        try {
            return Instant.parse(time.asString(""));
        } catch (java.time.DateTimeException unreadable) {
            problems.add(new Problem("INVALID_TIME", pointer + "/time", shown(time), "ISO-8601, as 2026-03-01T12:00:00Z"));
            return null;
        }
    }

    Outcome outcome() {
        Object plain = value.isArray() ? value.valueStream().map(JsonNode::intValue).toList() : value.isBoolean() ? (Object) value.booleanValue()
                : value.isIntegralNumber() ? (Object) value.bigIntegerValue()
                : value.isNumber() ? (Object) value.doubleValue() : value.stringValue();
        return new Outcome(predictionId, plain, time);
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.toString();
    }
}
