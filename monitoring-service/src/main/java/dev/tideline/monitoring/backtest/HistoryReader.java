package dev.tideline.monitoring.backtest;

import dev.tideline.contracts.Problem;
import dev.tideline.features.Conversion;
import dev.tideline.features.CsvReader;
import dev.tideline.features.CsvRecords;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.InvalidSchemaException;
import dev.tideline.features.Kind;
import dev.tideline.features.MalformedCsvException;
import dev.tideline.features.RecordConverter;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaInference;
import dev.tideline.features.TidyCsv;
import dev.tideline.features.UntidyCsvException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file into a {@link History}, and says what is wrong with it before anything is trained. */
final class HistoryReader {

    private static final String FILE = "history.tfrecord";
    private static final String CSV = "history.csv";
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
    private static final Pattern ZONED = Pattern.compile("(Z|[+-]\\d\\d:?\\d\\d)$");
    private static final int MAX_CLASSES = 100;
    private static final int MIN_ROWS = 1_000;

    private final BacktestOrder order;
    private List<String> notes = List.of();

    HistoryReader(BacktestOrder order) {
        this.order = order;
    }

    /** @throws BacktestException with everything that is wrong */
    History read() throws IOException {
        Path csv = Path.of(order.csv());
        try {
            Path root = Files.createDirectories(Path.of(order.folder(), "work"));
            TidyCsv.Tidy tidy = TidyCsv.write(csv, new TidyCsv.Roles(order.label(), order.key(), order.time()), root.resolve(CSV));
            notes = tidy.notes();
            return rows(root, tidy, schema(tidy));
        } catch (UntidyCsvException untidy) {
            throw new BacktestException(untidy.getMessage(), untidy);
        } catch (CharacterCodingException other) {
            throw new BacktestException("--csv: " + csv + " has bytes that are no UTF-8 (expected: UTF-8 CSV with a header; iconv converts)", other);
        } catch (MalformedCsvException | InvalidSchemaException malformed) {
            throw new BacktestException("--csv: " + csv + ": " + malformed.getMessage() + " (expected: UTF-8 CSV with a header)", malformed);
        }
    }

    /** What a person should know about how the file was taken. */
    List<String> notes() {
        return notes;
    }

    private Schema schema(TidyCsv.Tidy tidy) throws IOException {
        Schema inferred;
        TidyCsv.Roles roles = tidy.roles();
        try (var reader = Files.newBufferedReader(tidy.csv())) {
            inferred = SchemaInference.fromCsv(reader, roles.label(), roles.key(), roles.time(), Integer.MAX_VALUE);
        }
        FeatureSpec label = inferred.labelFeature().orElseThrow();
        if (label.kind() == Kind.FLOAT) {
            throw new BacktestException("--label: " + order.label() + " holds numbers (expected: classes, as a backtest counts right answers)");
        }
        List<FeatureSpec> features = inferred.features().stream().map(feature -> feature.required() || feature.equals(label) ? feature
                : new FeatureSpec(feature.name(), feature.kind(), feature.shape(), false, feature.domain(), filler(feature.kind()))).toList();
        return new Schema(1, features, inferred.label(), inferred.key(), inferred.time());
    }

    /** What stands for an empty cell. */
    private static Object filler(Kind kind) {
        return switch (kind) {
            case FLOAT -> 0.0;
            case INT -> 0L;
            case TEXT, BYTES -> "";
        };
    }

    private History rows(Path root, TidyCsv.Tidy tidy, Schema schema) throws IOException {
        List<Example> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        RecordConverter converter = new RecordConverter(schema);
        Files.deleteIfExists(root.resolve(FILE));
        try (CsvReader reader = new CsvReader(Files.newBufferedReader(tidy.csv())); TfRecordWriter writer = TfRecordWriter.create(root.resolve(FILE))) {
            CsvRecords records = new CsvRecords(reader.header(), schema);
            for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
                Example row = switch (converter.fromJson(records.record(cells))) {
                    case Conversion.Converted(Example example) -> example;
                    case Conversion.Invalid(List<Problem> problems) -> throw new BacktestException(
                            "line " + reader.line() + ": " + problems.getFirst());
                };
                Feature label = row.feature(tidy.roles().label());
                if (label == null || label.isEmpty()) {
                    throw new BacktestException("line " + reader.line() + ": " + order.label() + ": nothing (expected: a label in every row)");
                }
                Instant time = time(row, tidy.roles().time(), rows.size(), reader.line());
                if (!times.isEmpty() && time.isBefore(times.getLast())) {
                    throw new BacktestException("line " + reader.line() + ": " + order.time() + ": " + time + " (expected: not before "
                            + times.getLast() + ", the time of the row above)");
                }
                writer.write(row.encode());
                rows.add(row);
                labels.add(text(label));
                times.add(time);
            }
        }
        check(rows.size(), labels);
        return new History(root, FILE, schema, rows, labels, times);
    }

    private Instant time(Example row, @Nullable String column, int index, long line) {
        if (column == null) {
            return START.plusSeconds(index);
        }
        Feature given = row.feature(column);
        try {
            return switch (given) {
                case Feature.Longs millis -> Instant.ofEpochMilli(millis.values()[0]);
                case Feature.Bytes text -> instant(text.text(0).strip());
                case Feature.Floats numbers -> throw new IllegalArgumentException(numbers.toString());
                case null -> throw new IllegalArgumentException("nothing");
            };
        } catch (IllegalArgumentException | java.time.DateTimeException wrong) {
            throw new BacktestException("line " + line + ": " + order.time() + ": " + given
                    + " (expected: ISO-8601 such as 2026-03-01T12:00:00Z, 2026-03-01 12:00:00 or 2026-03-01, or milliseconds since 1970)", wrong);
        }
    }

    /** Without a zone it is UTC; without a time midnight. */
    private static Instant instant(String text) {
        String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
        if (!iso.contains("T")) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return ZONED.matcher(iso).find() ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private void check(int rows, List<String> labels) {
        List<String> problems = new ArrayList<>();
        if (rows < MIN_ROWS) {
            problems.add("--csv: " + order.csv() + ": " + rows + " rows (expected: at least " + MIN_ROWS + ")");
        }
        int classes = new HashSet<>(labels).size();
        if (rows > 0 && classes < 2) {
            problems.add("--label: " + order.label() + " is " + labels.getFirst() + " in every row (expected: at least two classes)");
        }
        if (classes > MAX_CLASSES) {
            problems.add("--label: " + order.label() + " has " + classes + " different values (expected: at most " + MAX_CLASSES + " classes)");
        }
        Integer history = order.history();
        if (history != null && rows >= MIN_ROWS && history > rows / 2) {
            problems.add("--history: " + history + " of " + rows + " rows (expected: at most half of them)");
        }
        if (order.delay() >= Math.max(1, rows - historyRows(rows))) {
            problems.add("--delay: " + order.delay() + " rows (expected: fewer than the " + (rows - historyRows(rows)) + " that are replayed)");
        }
        if (!problems.isEmpty()) {
            throw new BacktestException(problems);
        }
    }

    int historyRows(int rows) {
        return order.history() != null ? order.history() : Math.min(2_000, rows / 5);
    }

    private static String text(@Nullable Feature label) {
        return switch (label) {
            case Feature.Longs whole -> Long.toString(whole.values()[0]);
            case Feature.Bytes text -> text.text(0);
            case Feature.Floats numbers -> throw new IllegalStateException("label: " + numbers);
            case null -> "";
        };
    }
}
