package dev.tideline.platform.demo;

import dev.tideline.features.CsvReader;
import dev.tideline.features.CsvRecords;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.TidyCsv;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A CSV file replayed in order: its first tenth is the past, the rest is live traffic. When it drifts is for monitoring to say. */
final class CsvScenario implements Scenario {

    private static final int MIN_HISTORY = 500;
    private static final int SAMPLE_ROWS = 5_000;
    private static final double LIVE_SECONDS = 150;
    private static final double MAX_RATE = 400;

    private final DemoOptions.Csv csv;
    private final ObjectNode schemaJson;
    private final ArrayNode inputs;
    private final List<DemoRecord> rows;
    private final int history;
    private final @Nullable Double rate;
    private final List<String> notes;

    private CsvScenario(
            DemoOptions.Csv csv, List<String> notes, ObjectNode schemaJson, ArrayNode inputs, List<DemoRecord> rows, int history, @Nullable Double rate) {
        this.csv = csv;
        this.notes = notes;
        this.schemaJson = schemaJson;
        this.inputs = inputs;
        this.rows = rows;
        this.history = history;
        this.rate = rate;
    }

    /**
     * Reads the file and asks ingest-service what its schema could be.
     *
     * @param folder for a copy of the file as everything else reads it
     * @throws DemoException when it is no CSV, has no such column or too few rows
     */
    static CsvScenario open(DemoOptions.Csv csv, Services services, @Nullable Double rate, Path folder)
            throws InterruptedException {
        var tidy = tidy(csv, folder);
        var roles = tidy.roles();
        var taken = new DemoOptions.Csv(tidy.csv(), roles.label(), roles.key(), roles.time());
        var sample = new StringBuilder();
        try (var lines = Files.lines(taken.file())) {
            lines.limit(SAMPLE_ROWS + 1L).forEach(line -> sample.append(line).append('\n'));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(csv, e.getMessage());
        }
        var schema = services.infer(sample.toString(), taken.label(), taken.key(), taken.time());
        CsvSchema.relax(schema);
        var known = SchemaCodec.read(schema);
        var rows = read(taken, known);
        var history = Math.max(MIN_HISTORY, rows.size() / 10);
        if (rows.size() < 2 * history) {
            throw unreadable(csv, rows.size() + " rows (expected: at least " + 2 * history + ")");
        }
        var past = rows.subList(0, history);
        var inputs = CsvInputs.choose(known.inputs(), past);
        CsvInputs.relaxUnused(schema, known.inputs(), inputs);
        return new CsvScenario(
                csv, tidy.notes(), schema, CsvInputs.definition(inputs, past), records(taken, rows, inputs), history, rate);
    }

    private static TidyCsv.Tidy tidy(DemoOptions.Csv csv, Path folder) {
        try {
            Files.createDirectories(folder);
            return TidyCsv.write(csv.file(), new TidyCsv.Roles(csv.label(), csv.key(), csv.time()), folder.resolve("input.csv"));
        } catch (CharacterCodingException other) {
            throw unreadable(csv, "has bytes that are no UTF-8 (expected: UTF-8 CSV with a header; iconv converts)");
        } catch (IOException e) {
            throw unreadable(csv, e.getMessage());
        }
    }

    private static DemoException unreadable(DemoOptions.Csv csv, @Nullable String why) {
        return new DemoException("--csv: " + csv.file() + ": " + why);
    }

    private static List<ObjectNode> read(DemoOptions.Csv csv, Schema schema) {
        var rows = new ArrayList<ObjectNode>();
        try (var reader = new CsvReader(Files.newBufferedReader(csv.file()))) {
            var converter = new CsvRecords(reader.header(), schema);
            for (var row = reader.next(); row != null; row = reader.next()) {
                var whole = converter.record(row);
                if (whole.has(csv.label())) {
                    rows.add(whole);
                }
            }
        } catch (IOException e) {
            throw unreadable(csv, e.getMessage());
        }
        return rows;
    }

    private static List<DemoRecord> records(DemoOptions.Csv csv, List<ObjectNode> rows, List<FeatureSpec> inputs) {
        var records = new ArrayList<DemoRecord>();
        for (var row : rows) {
            var key = csv.key() == null ? "row-" + records.size() : row.path(csv.key()).asString("row-" + records.size());
            records.add(new DemoRecord(key, row, CsvInputs.request(row, inputs), row.get(csv.label())));
        }
        return records;
    }

    @Override
    public String name() {
        var file = csv.file().getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.[^.]*$", "");
        var name = file.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "csv" : name;
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%s: %,d rows in order, the first %,d as the past; label %s, schema inferred",
                csv.file(), rows.size(), history, csv.label());
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public ObjectNode schema() {
        return schemaJson;
    }

    @Override
    public ObjectNode definition(String dataset) {
        var classes = IntStream.range(0, history).mapToObj(i -> rows.get(i).label().asString("")).distinct().count();
        var definition = Json.object("""
                {"layers":[{"dense":{"units":32,"activation":"relu"}},{"dense":{"units":16,"activation":"relu"}}],
                 "head":{"%s":{}},
                 "optimizer":{"adam":{"learningRate":0.005}},
                 "training":{"epochs":20,"batchSize":64,"replicas":2,"seed":1,"refit":true},
                 "gate":{"metric":"accuracy","confidence":0.8}}""".formatted(classes == 2 ? "binary" : "multiclass"));
        definition.put("dataset", dataset).set("inputs", inputs.deepCopy());
        return definition;
    }

    @Override
    public ObjectNode policy() {
        return Json.object("""
                {"errorAlarm":{"enabled":true,"steps":[1000,4000]},
                 "dataDrift":{"enabled":true,"windows":2,"rows":4000},
                 "cooldown":{"time":"PT10S","rows":2000,"maxTime":"PT1M"}}""");
    }

    @Override
    public Iterator<DemoRecord> history() {
        return rows.subList(0, history).iterator();
    }

    @Override
    public Iterator<DemoRecord> live() {
        return rows.subList(history, rows.size()).iterator();
    }

    @Override
    public int historyRows() {
        return history;
    }

    @Override
    public double rate() {
        return rate != null ? rate : Math.min(MAX_RATE, (rows.size() - history) / LIVE_SECONDS);
    }

    @Override
    public boolean driftIsKnown() {
        return false;
    }

    @Override
    public void drift() {
        throw new IllegalStateException("a file drifts when it drifts");
    }
}
