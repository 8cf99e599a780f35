package dev.tideline.ingest.intake;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP door for records. */
@RestController
final class RecordsController {

    private final AcceptRecords accept;

    RecordsController(AcceptRecords accept) {
        this.accept = accept;
    }

    @PostMapping("/v1/datasets/{name}/records")
    ResponseEntity<IntakeReport> accept(
            @PathVariable String name, @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String type,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, required = false) @Nullable Long length,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, InputStream body) throws IOException {
        KeyedRequests.Answer answer = accept.accept(name, new RecordBody(type, encoding, length, body), key);
        ResponseEntity.BodyBuilder response = ResponseEntity.accepted();
        if (answer.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.body(answer.report());
    }
}
