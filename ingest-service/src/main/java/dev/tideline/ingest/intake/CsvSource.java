package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import dev.tideline.features.CsvReader;
import dev.tideline.features.CsvRecords;
import dev.tideline.features.MalformedCsvException;
import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file whose header names features. */
final class CsvSource implements RecordSource {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final CsvReader reader;
    private final CsvRecords records;

    /** Bytes are read as characters one to one, and cells decoded later, so that bytes that are no UTF-8 spoil one row only. */
    CsvSource(InputStream in, Schema schema, int maxRecord) throws IOException {
        try {
            this.reader = new CsvReader(new InputStreamReader(withoutMark(in), StandardCharsets.ISO_8859_1), maxRecord);
            this.records = new CsvRecords(utf8(reader.header()), schema);
        } catch (CharacterCodingException noText) {
            throw new TidelineException(IntakeError.MALFORMED_CSV, "CSV line 1: bytes that are not UTF-8 (expected: CSV with a header)", noText);
        } catch (MalformedCsvException malformed) {
            throw new TidelineException(IntakeError.MALFORMED_CSV, malformed.getMessage() + " (expected: CSV with a header)", malformed);
        }
    }

    @Override
    public @Nullable Item next() throws IOException {
        try {
            List<String> row = reader.next();
            return row == null ? null : new Node(reader.line(), records.record(utf8(row)));
        } catch (CharacterCodingException noText) {
            return new Broken(reader.line(), new Problem("MALFORMED_CSV", "", "bytes that are not UTF-8", "text in UTF-8"));
        } catch (MalformedCsvException malformed) {
            return new Broken(malformed.line(), new Problem("MALFORMED_CSV", "", String.valueOf(malformed.getMessage()),
                    "a row of " + reader.header().size() + " cells"));
        }
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] first = pushback.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            pushback.unread(first);
        }
        return pushback;
    }

    private static List<String> utf8(List<String> cells) throws CharacterCodingException {
        List<String> texts = new ArrayList<>(cells.size());
        for (String cell : cells) {
            texts.add(utf8(cell));
        }
        return texts;
    }

    private static String utf8(String cell) throws CharacterCodingException {
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) >= 0x80) {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(cell.getBytes(StandardCharsets.ISO_8859_1))).toString();
            }
        }
        return cell;
    }
}
