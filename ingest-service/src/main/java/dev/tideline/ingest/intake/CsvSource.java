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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file whose header names features. */
final class CsvSource implements RecordSource {

    private final CsvReader reader;
    private final CsvRecords records;

    CsvSource(InputStream in, Schema schema) throws IOException {
        try {
            this.reader = new CsvReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (MalformedCsvException malformed) {
            throw new TidelineException(IntakeError.MALFORMED_CSV, malformed.getMessage() + " (expected: CSV with a header)", malformed);
        }
        this.records = new CsvRecords(reader.header(), schema);
    }

    @Override
    public @Nullable Item next() throws IOException {
        try {
            List<String> row = reader.next();
            return row == null ? null : new Node(reader.line(), records.record(row));
        } catch (MalformedCsvException malformed) {
            return new Broken(malformed.line(), new Problem("MALFORMED_CSV", "", String.valueOf(malformed.getMessage()),
                    "a row of " + reader.header().size() + " cells"));
        }
    }
}
