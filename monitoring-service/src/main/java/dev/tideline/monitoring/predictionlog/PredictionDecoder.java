package dev.tideline.monitoring.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Turns a Kafka message into a {@link Prediction}. Pure. */
final class PredictionDecoder {

    /** Event times further ahead of the broker's are a wrong clock; the broker's time counts instead. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
    private static final int MAX_ID = 256;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private PredictionDecoder() {}

    static LogEntry decode(@Nullable String key, byte @Nullable [] value, Headers headers, Instant kafkaTime) {
        byte[] bytes = value == null ? new byte[0] : value;
        String id = key == null || key.isEmpty() ? text(headers, RecordHeaders.PREDICTION_ID) : key;
        String model = text(headers, RecordHeaders.MODEL);
        String version = text(headers, RecordHeaders.MODEL_VERSION);
        if (id == null || id.length() > MAX_ID) {
            return unreadable(bytes, "key", id, "a prediction id of 1 to " + MAX_ID + " characters");
        }
        if (model == null || !MODEL.matcher(model).matches()) {
            return unreadable(bytes, RecordHeaders.MODEL, model, "a model name");
        }
        if (version == null || !VERSION.matcher(version).matches()) {
            return unreadable(bytes, RecordHeaders.MODEL_VERSION, version, "a whole number from 0");
        }
        try {
            return new Prediction(id, model, Long.parseLong(version), time(headers, kafkaTime), Example.decode(bytes));
        } catch (MalformedExampleException failure) {
            return new LogEntry.Unreadable(bytes, "value: " + failure.getMessage());
        }
    }

    private static Instant time(Headers headers, Instant kafkaTime) {
        String time = text(headers, RecordHeaders.TIME);
        try {
            Instant event = time == null ? kafkaTime : Instant.parse(time);
            return event.isAfter(kafkaTime.plus(MAX_AHEAD)) ? kafkaTime : event;
        } catch (DateTimeException unreadable) {
            return kafkaTime;
        }
    }

    private static LogEntry unreadable(byte[] bytes, String name, @Nullable String value, String expected) {
        return new LogEntry.Unreadable(bytes, name + ": " + (value == null ? "absent" : value) + " (expected: " + expected + ")");
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
