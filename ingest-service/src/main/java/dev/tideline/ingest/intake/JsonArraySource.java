package dev.tideline.ingest.intake;

import dev.tideline.features.RecordConverter;
import dev.tideline.ingest.stream.CountedStream;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
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

    /** The parser reads ahead by as much. */
    private static final int READ_AHEAD = 1 << 14;

    private final ObjectReader element;
    private final int maxRecord;
    private final Counted bytes;
    private final JsonParser parser;
    private long line;
    private boolean single;

    /** @param maxRecord bytes that an element may have, give or take what the parser reads ahead */
    JsonArraySource(InputStream in, JsonMapper json, int maxRecord) throws IOException {
        this.element = json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        this.maxRecord = maxRecord;
        this.bytes = new Counted(utf8(in));
        bytes.allow(maxRecord + READ_AHEAD);
        try {
            this.parser = json.createParser(bytes);
        } catch (JacksonException broken) {
            throw broken.getCause() instanceof IOException damaged ? damaged : new IOException(broken);
        }
    }

    @Override
    public @Nullable Item next() throws IOException {
        bytes.allow(maxRecord + READ_AHEAD);
        try {
            if (line == 0) {
                JsonToken start = parser.nextToken();
                single = start == JsonToken.START_OBJECT;
                if (!single && start != JsonToken.START_ARRAY) {
                    throw malformed(start == null ? "nothing" : start.toString());
                }
            }
            if (single ? line > 0 : parser.nextToken() == JsonToken.END_ARRAY) {
                if (parser.nextToken() != null) {
                    throw malformed(parser.currentToken() + " behind the end");
                }
                return null;
            }
            JsonNode record = element.readValue(parser);
            return new Node(++line, record);
        } catch (JacksonException broken) {
            if (bytes.exceeded()) {
                throw new TidelineException(CommonError.PAYLOAD_TOO_LARGE, "body: record " + (line + 1) + " has more than " + maxRecord
                        + " bytes (expected: at most " + maxRecord + "; the " + line + " before it were read,"
                        + " and taken unless the request had an Idempotency-Key)");
            }
            if (broken.getCause() instanceof IOException damaged) {
                throw damaged;
            }
            throw malformed(RecordConverter.reason(broken));
        }
    }

    /** Zeros among the first bytes make the parser guess at UTF-16 or UTF-32; JSON is UTF-8 (RFC 8259, section 8.1). */
    private static InputStream utf8(InputStream in) throws IOException {
        PushbackInputStream body = new PushbackInputStream(in, Integer.BYTES);
        byte[] first = body.readNBytes(Integer.BYTES);
        for (byte b : first) {
            if (b == 0) {
                throw malformed("line 1, column 1: a byte 0", "a JSON array of records, in UTF-8", 0);
            }
        }
        body.unread(first);
        return body;
    }

    private TidelineException malformed(String found) {
        TokenStreamLocation at = parser.currentLocation();
        return malformed("line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + found.lines().findFirst().orElse(""),
                "a JSON array of records", line);
    }

    private static TidelineException malformed(String found, String expected, long before) {
        return new TidelineException(IntakeError.MALFORMED_ARRAY, "body: " + found + " (expected: " + expected + "; the " + before
                + " before it were read, and taken unless the request had an Idempotency-Key)");
    }

    /** Ends when an element takes more bytes than it may: it is held in memory as a whole. */
    private static final class Counted extends CountedStream {

        private long most;

        Counted(InputStream in) {
            super(in);
        }

        void allow(long bytes) {
            most = count() + bytes;
        }

        boolean exceeded() {
            return count() > most;
        }

        @Override
        protected void counted(long count) throws IOException {
            if (exceeded()) {
                throw new IOException("a record that is too large");
            }
        }
    }
}
