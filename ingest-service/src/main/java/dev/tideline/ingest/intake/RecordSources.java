package dev.tideline.ingest.intake;

import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Knows how to read each form that a body may have. */
@Component
final class RecordSources {

    private static final String FORMS =
            "application/json, application/x-ndjson, text/csv, application/x-tf-example or application/x-tfrecord";
    private static final Set<Charset> READABLE = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);
    private static final int GZIP_BUFFER = 1 << 16;

    private final JsonMapper json;
    private final int maxRecord;
    private final long maxBody;

    RecordSources(JsonMapper json, IntakeProperties properties) {
        this.json = json;
        this.maxRecord = Math.toIntExact(properties.maxRecord().toBytes());
        this.maxBody = properties.maxBody().toBytes();
    }

    /** Reading fails with {@link BodyLimit.Exceeded} where the body is longer than bodies may be. */
    RecordSource open(RecordBody body, Schema schema) throws IOException {
        String type = type(body.type());
        InputStream in = new BodyLimit(decode(body), maxBody);
        return switch (type) {
            case "application/json" -> new JsonArraySource(in, json, maxRecord);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" -> new NdjsonSource(in, maxRecord);
            case "text/csv" -> new CsvSource(in, schema, maxRecord);
            case "application/x-tf-example" -> new ExampleSource(in, maxRecord);
            case "application/x-tfrecord" -> new TfRecordSource(in, maxRecord);
            default -> throw new TidelineException(IntakeError.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type: " + body.type() + " (expected: " + FORMS + ")");
        };
    }

    private static InputStream decode(RecordBody body) throws IOException {
        String encoding = body.encoding() == null ? "identity" : body.encoding().toLowerCase(Locale.ROOT).trim();
        return switch (encoding) {
            case "identity", "" -> body.in();
            case "gzip", "x-gzip" -> ExpansionGuard.over(body.in(), counted -> new GZIPInputStream(counted, GZIP_BUFFER));
            default -> throw new TidelineException(IntakeError.UNSUPPORTED_ENCODING,
                    "Content-Encoding: " + body.encoding() + " (expected: identity or gzip)");
        };
    }

    private static String type(@Nullable String contentType) {
        try {
            MediaType type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(contentType);
            if (type.getCharset() != null && !READABLE.contains(type.getCharset())) {
                throw new TidelineException(IntakeError.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type: " + contentType + " (expected: charset UTF-8)");
            }
            return type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException unreadable) {
            return "";
        }
    }
}
