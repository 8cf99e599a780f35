package dev.tideline.ingest.intake;

import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP door for records. */
@RestController
final class RecordsController {

    private final AcceptRecords accept;
    private final IntakeProperties properties;
    private final JsonMapper json;

    RecordsController(AcceptRecords accept, IntakeProperties properties, JsonMapper json) {
        this.accept = accept;
        this.properties = properties;
        this.json = json;
    }

    @PostMapping("/v1/datasets/{name}/records")
    @ResponseStatus(HttpStatus.ACCEPTED)
    IntakeReport accept(
            @PathVariable String name, @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            InputStream body) throws IOException {
        return accept.accept(name, source(contentType, body));
    }

    private RecordSource source(@Nullable String contentType, InputStream body) {
        return switch (subtype(contentType)) {
            case "application/json" -> new JsonArraySource(body, json);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" ->
                    new NdjsonSource(body, Math.toIntExact(properties.maxRecord().toBytes()));
            default -> throw new TidelineException(IntakeError.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type: " + contentType + " (expected: application/json or application/x-ndjson)");
        };
    }

    private static String subtype(@Nullable String contentType) {
        try {
            MediaType type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(contentType);
            return type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException unreadable) {
            return "";
        }
    }
}
