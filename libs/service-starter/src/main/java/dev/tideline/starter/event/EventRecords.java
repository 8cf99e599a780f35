package dev.tideline.starter.event;

import dev.tideline.contracts.Event;
import dev.tideline.contracts.RecordHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Event to Kafka record: JSON value, CloudEvents 1.0 attributes as headers (Kafka binding, binary mode). */
final class EventRecords {

    private final JsonMapper json;
    private final String source;

    /** @param source CloudEvents source of this service, such as {@code /tideline/ingest-service} */
    EventRecords(JsonMapper json, String source) {
        this.json = json;
        this.source = source;
    }

    OutboxEntry of(Event event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(RecordHeaders.CONTENT_TYPE, RecordHeaders.JSON);
        headers.put(RecordHeaders.CE_SPECVERSION, "1.0");
        headers.put(RecordHeaders.CE_ID, event.id());
        headers.put(RecordHeaders.CE_SOURCE, source);
        headers.put(RecordHeaders.CE_TYPE, event.type());
        headers.put(RecordHeaders.CE_TIME, event.time().toString());
        return new OutboxEntry(0, event.topic(), event.key(), headers, json.writeValueAsBytes(event));
    }
}
