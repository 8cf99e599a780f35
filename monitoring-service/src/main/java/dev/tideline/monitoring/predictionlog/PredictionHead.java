package dev.tideline.monitoring.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What key and headers of a logged prediction say.
 *
 * @param time       event time
 * @param wrongClock whether the sender's time could not be right, so that the broker's is used
 */
public record PredictionHead(
        String id, String model, long version, Instant time, @Nullable String signature, @Nullable String schemaFingerprint,
        boolean wrongClock) {

    /** Of a sender whose clock is right. */
    public PredictionHead(String id, String model, long version, Instant time, @Nullable String signature, @Nullable String schemaFingerprint) {
        this(id, model, version, time, signature, schemaFingerprint, false);
    }

    /** Event times further ahead of the broker's, or before 1970, are a wrong clock; the broker's time counts instead. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
    private static final int MAX_ID = 256;
    private static final int MAX_TEXT = 256;
    private static final int MAX_MODEL = 100;
    private static final int MAX_VERSION = 18;

    /**
     * @param kafkaTime time of the message
     * @throws IllegalArgumentException when id, model or version are absent or no good
     */
    public static PredictionHead of(@Nullable String key, Headers headers, Instant kafkaTime) {
        String id = key == null || key.isEmpty() ? text(headers, RecordHeaders.PREDICTION_ID) : key;
        String model = text(headers, RecordHeaders.MODEL);
        String version = text(headers, RecordHeaders.MODEL_VERSION);
        if (id == null || !isId(id)) {
            throw unreadable("key", id, "a prediction id of 1 to " + MAX_ID + " characters, none of them a control character");
        }
        if (model == null || !isModel(model)) {
            throw unreadable(RecordHeaders.MODEL, model, "a model name");
        }
        if (version == null || !isVersion(version)) {
            throw unreadable(RecordHeaders.MODEL_VERSION, version, "a whole number from 0");
        }
        String said = text(headers, RecordHeaders.TIME);
        Instant credible = said == null ? kafkaTime : credible(said, kafkaTime);
        return new PredictionHead(id, model, Long.parseLong(version), credible == null ? kafkaTime : credible,
                shortText(headers, RecordHeaders.SIGNATURE), shortText(headers, RecordHeaders.SCHEMA_FINGERPRINT), credible == null);
    }

    /** Whether {@code id} can be the id of a prediction. */
    public static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID && isPlain(id);
    }

    private static boolean isModel(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
            if (!letter && (i == 0 || c != '.' && c != '-')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_MODEL;
    }

    private static boolean isVersion(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_VERSION;
    }

    /** Text without control characters and halves of characters, which databases and terminals do not take. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A pair of surrogates is one character; half of one is none.
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isISOControl(c) || Character.isSurrogate(c) && !pair) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    /** Null when no sender with a right clock would say so. */
    private static @Nullable Instant credible(String time, Instant kafkaTime) {
        try {
            Instant event = IsoTime.parse(time);
            return event.isAfter(kafkaTime.plus(MAX_AHEAD)) || event.isBefore(Instant.EPOCH) ? null : event;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static IllegalArgumentException unreadable(String name, @Nullable String value, String expected) {
        String shown = value == null ? "absent" : value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) + "…" : value;
        return new IllegalArgumentException(name + ": " + shown + " (expected: " + expected + ")");
    }

    /** Null also for text that no honest sender writes there. */
    private static @Nullable String shortText(Headers headers, String name) {
        String text = text(headers, name);
        return text == null || text.length() > MAX_TEXT || !isPlain(text) ? null : text;
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
