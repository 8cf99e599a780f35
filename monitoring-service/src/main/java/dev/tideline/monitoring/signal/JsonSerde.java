package dev.tideline.monitoring.signal;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON values of topics and stores that only this service reads. */
public final class JsonSerde {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonSerde() {}

    public static <T> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom((topic, value) -> value == null ? null : JSON.writerFor(type).writeValueAsBytes(value),
                (topic, bytes) -> bytes == null ? null : read(bytes, type));
    }

    /** @throws SerializationException when {@code bytes} are no JSON of that type */
    public static <T> T read(byte @Nullable [] bytes, Class<T> type) {
        try {
            return JSON.readValue(bytes == null ? new byte[0] : bytes, type);
        } catch (JacksonException e) {
            throw new SerializationException(type.getSimpleName() + ": " + e.getOriginalMessage() + " (expected: its JSON form)", e);
        }
    }
}
