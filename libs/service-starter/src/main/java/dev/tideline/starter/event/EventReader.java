package dev.tideline.starter.event;

import dev.tideline.contracts.Event;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads lifecycle events from Kafka values. Fields that this version does not know are ignored. */
public final class EventReader {

    private static final int SHOWN = 80;

    private final JsonMapper json;

    EventReader(JsonMapper json) {
        this.json = json;
    }

    /**
     * @throws TidelineException with code {@code MALFORMED_EVENT} when the value is no {@code type}
     */
    public <T extends Event> T read(byte @Nullable [] value, Class<T> type) {
        if (value == null || value.length == 0) {
            throw new TidelineException(CommonError.MALFORMED_EVENT, "event: empty (expected: " + type.getSimpleName() + " JSON)");
        }
        try {
            T event = json.readValue(value, type);
            if (event != null && event.id() != null && event.time() != null && event.key() != null) {
                return event;
            }
            throw malformed(value, type, null);
        } catch (JacksonException | IllegalArgumentException | NullPointerException failure) {
            throw malformed(value, type, failure);
        }
    }

    private static TidelineException malformed(byte[] value, Class<?> type, @Nullable Throwable cause) {
        String start = new String(value, 0, Math.min(SHOWN, value.length), StandardCharsets.UTF_8);
        return new TidelineException(CommonError.MALFORMED_EVENT,
                "event: " + start + (value.length > SHOWN ? "…" : "") + " (expected: " + type.getSimpleName() + " JSON with id, time and key)",
                cause);
    }
}
