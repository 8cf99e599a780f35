package dev.tideline.ingest.intake;

import dev.tideline.starter.error.TidelineException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The elements of a JSON array; a single object counts as an array of one. */
final class JsonArraySource implements RecordSource {

    private final ObjectReader element;
    private final JsonParser parser;
    private long line;
    private boolean single;

    JsonArraySource(InputStream in, JsonMapper json) {
        this.element = json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.parser = json.createParser(in);
    }

    @Override
    public @Nullable Item next() {
        try {
            if (line == 0) {
                JsonToken start = parser.nextToken();
                single = start == JsonToken.START_OBJECT;
                if (!single && start != JsonToken.START_ARRAY) {
                    throw malformed(start == null ? "nothing" : start.toString());
                }
            } else if (single) {
                return null;
            }
            if (!single && parser.nextToken() == JsonToken.END_ARRAY) {
                return null;
            }
            JsonNode record = element.readValue(parser);
            return new Node(++line, record);
        } catch (JacksonException broken) {
            throw malformed(String.valueOf(broken.getOriginalMessage()));
        }
    }

    private TidelineException malformed(String found) {
        TokenStreamLocation at = parser.currentLocation();
        return new TidelineException(IntakeError.MALFORMED_ARRAY, "body: line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                + found.lines().findFirst().orElse("") + " (expected: a JSON array of records; the " + line + " before it were read,"
                + " and taken unless the request had an Idempotency-Key)");
    }
}
