package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.features.InvalidSchemaException;
import dev.tideline.features.MalformedCsvException;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.SchemaInference;
import dev.tideline.starter.error.TidelineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Proposes a schema for a sample of records. Nothing is stored. */
@RestController
final class InferenceController {

    record Proposal(JsonNode schema) {}

    private final JsonMapper json;
    private final DatasetProperties properties;

    InferenceController(JsonMapper json, DatasetProperties properties) {
        this.json = json;
        this.properties = properties;
    }

    @PostMapping(path = "/v1/datasets:infer", consumes = "text/csv")
    Proposal csv(
            @RequestParam(required = false) @Nullable String label, @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String time, InputStream sample) throws IOException {
        try {
            return proposal(SchemaInference.fromCsv(new InputStreamReader(limited(sample), StandardCharsets.UTF_8), label, key, time,
                    properties.sampleRows()));
        } catch (MalformedCsvException malformed) {
            throw new TidelineException(DatasetError.INVALID_SAMPLE, malformed.getMessage() + " (expected: CSV with a header)", malformed);
        } catch (InvalidSchemaException invalid) {
            throw invalid(invalid);
        }
    }

    @PostMapping(path = "/v1/datasets:infer", consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
    Proposal ndjson(
            @RequestParam(required = false) @Nullable String label, @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String time, InputStream sample) throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(limited(sample), StandardCharsets.UTF_8));
        String line;
        for (int number = 1; number <= properties.sampleRows() && (line = lines.readLine()) != null; number++) {
            if (!line.isBlank()) {
                read(line, number, records, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new TidelineException(DatasetError.INVALID_SAMPLE,
                    "sample: " + problems.size() + " lines are no records (expected: none)", problems);
        }
        try {
            return proposal(SchemaInference.fromRecords(records, label, key, time));
        } catch (InvalidSchemaException invalid) {
            throw invalid(invalid);
        }
    }

    private InputStream limited(InputStream sample) {
        return new SampleStream(sample, properties.sampleSize().toBytes());
    }

    private void read(String line, int number, List<ObjectNode> records, List<Problem> problems) {
        try {
            if (json.readTree(line) instanceof ObjectNode record) {
                records.add(record);
                return;
            }
        } catch (JacksonException malformed) {
            // Reported below, like any other line that is no object.
        }
        problems.add(new Problem("MALFORMED_JSON", "/" + number, line, "a JSON object in line " + number));
    }

    private static TidelineException invalid(InvalidSchemaException invalid) {
        return new TidelineException(DatasetError.INVALID_SAMPLE, "sample: no schema fits (expected: named columns with values)",
                invalid.problems(), invalid);
    }

    private static Proposal proposal(Schema schema) {
        return new Proposal(SchemaCodec.write(schema));
    }
}
