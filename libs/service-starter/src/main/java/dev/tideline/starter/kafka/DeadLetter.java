package dev.tideline.starter.kafka;

import dev.tideline.contracts.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a dead-letter topic, small enough to be taken there. A message may be as large as its broker takes; with the reason
 * it would be larger, the broker would refuse it, and it would be read again without end. So what is large is cut, and the header
 * {@code tideline-cut-from} says how long the value was; the whole of it is where {@code tideline-source-offset} says.
 *
 * @param headers those of the message, without any that is very long; more may be added
 */
public record DeadLetter(@Nullable String key, byte[] value, Headers headers) {

    private static final String ERROR_CODE = "tideline-error-code";
    private static final String ERROR_MESSAGE = "tideline-error-message";
    private static final String CUT_FROM = "tideline-cut-from";
    /** Brokers and producers take a megabyte unless told otherwise; the rest is for the reason. */
    static final int MAX_BYTES = 1_000_000;
    private static final int MAX_KEY = 1_000;
    private static final int MAX_HEADERS = 100_000;
    private static final int MAX_REASON = 1_000;

    /** As much of a message as fits. */
    public static DeadLetter of(@Nullable String key, byte @Nullable [] value, Headers headers) {
        byte[] whole = value == null ? new byte[0] : value;
        String kept = key == null || key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY);
        Headers fitting = fitting(headers);
        int room = MAX_BYTES - size(fitting) - (kept == null ? 0 : kept.getBytes(StandardCharsets.UTF_8).length);
        boolean cut = whole.length > room || kept != null && !kept.equals(key);
        if (cut) {
            put(fitting, CUT_FROM, Integer.toString(whole.length));
        }
        return new DeadLetter(kept, whole.length > room ? Arrays.copyOf(whole, room) : whole, fitting);
    }

    /** Adds why it cannot be processed. */
    public DeadLetter because(String code, String reason) {
        put(headers, ERROR_CODE, code);
        put(headers, ERROR_MESSAGE, reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason);
        return this;
    }

    /** Adds where it came from. */
    public DeadLetter from(String topic, int partition, long offset) {
        put(headers, RecordHeaders.SOURCE_TOPIC, topic);
        put(headers, RecordHeaders.SOURCE_PARTITION, Integer.toString(partition));
        put(headers, RecordHeaders.SOURCE_OFFSET, Long.toString(offset));
        return this;
    }

    /** The first ones that fit together; one that does not is left out. */
    private static Headers fitting(Headers headers) {
        Headers kept = new org.apache.kafka.common.header.internals.RecordHeaders();
        int size = 0;
        for (Header header : headers) {
            if (size + size(header) <= MAX_HEADERS) {
                size += size(header);
                kept.add(header);
            }
        }
        return kept;
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += size(header);
        }
        return size;
    }

    private static int size(Header header) {
        // Names are ASCII as a rule, and the lengths take some bytes themselves.
        return 3 * header.key().length() + (header.value() == null ? 0 : header.value().length) + 10;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
