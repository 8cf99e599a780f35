package dev.tideline.features;

import dev.tideline.contracts.Problem;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proposes a schema from a sample. Integers and booleans become INT, other numbers FLOAT, the rest TEXT; a column with gaps
 * becomes optional; a label with few values gets them as its domain, so that a mistyped label is caught.
 */
public final class SchemaInference {

    private static final int MAX_LABEL_VALUES = 1_000;

    private SchemaInference() {}

    /**
     * Reads at most {@code maxRows} rows of CSV.
     *
     * @throws InvalidSchemaException when label, key or time name no column, or a column has no usable name or no value
     */
    public static Schema fromCsv(
            Reader csv, @Nullable String label, @Nullable String key, @Nullable String time, int maxRows) throws IOException {
        try (CsvReader reader = new CsvReader(csv)) {
            Map<String, Column> columns = new LinkedHashMap<>();
            reader.header().forEach(name -> columns.put(name, new Column()));
            long rows = 0;
            for (List<String> row = reader.next(); row != null && rows < maxRows; row = reader.next()) {
                rows++;
                for (int i = 0; i < row.size(); i++) {
                    if (!row.get(i).isEmpty()) {
                        columns.get(reader.header().get(i)).addCell(row.get(i).trim());
                    }
                }
            }
            return schema(columns, rows, label, key, time);
        }
    }

    /** The same over JSON records; nested arrays are taken as shapes. */
    public static Schema fromRecords(
            List<ObjectNode> records, @Nullable String label, @Nullable String key, @Nullable String time) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (ObjectNode record : records) {
            record.properties().forEach(entry -> {
                if (!entry.getValue().isNull()) {
                    columns.computeIfAbsent(entry.getKey(), name -> new Column()).addJson(entry.getValue());
                }
            });
        }
        return schema(columns, records.size(), label, key, time);
    }

    private static Schema schema(Map<String, Column> columns, long rows,
            @Nullable String label, @Nullable String key, @Nullable String time) {
        List<Problem> problems = new ArrayList<>();
        List<FeatureSpec> features = new ArrayList<>();
        columns.forEach((name, column) -> {
            if (column.seen == 0) {
                problems.add(new Problem("INVALID_SCHEMA", "/" + name, "no value in " + rows + " rows",
                        "at least one value to infer the kind from"));
            } else {
                features.add(column.feature(name, rows, name.equals(label)));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSchemaException(problems);
        }
        // Read back, so that an inferred schema obeys the same rules as a declared one.
        return SchemaCodec.read(SchemaCodec.write(new Schema(1, features, label, key, time)));
    }

    private static final class Column {

        private final TreeSet<String> values = new TreeSet<>();
        private long seen;
        private boolean integers = true;
        private boolean numbers = true;
        private List<Integer> shape = List.of();

        void addCell(String cell) {
            seen++;
            boolean flag = cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
            integers &= flag || isLong(cell);
            numbers &= flag || isDouble(cell);
            remember(flag ? cell.equalsIgnoreCase("true") ? "1" : "0" : cell);
        }

        void addJson(JsonNode json) {
            seen++;
            List<Integer> sizes = new ArrayList<>();
            JsonNode first = json;
            while (first.isArray() && !first.isEmpty()) {
                sizes.add(first.size());
                first = first.get(0);
            }
            shape = List.copyOf(sizes);
            integers &= first.isIntegralNumber() || first.isBoolean();
            numbers &= first.isNumber() || first.isBoolean();
            remember(first.isBoolean() ? first.booleanValue() ? "1" : "0" : first.asString(""));
        }

        private void remember(String value) {
            if (values.size() <= MAX_LABEL_VALUES) {
                values.add(value);
            }
        }

        FeatureSpec feature(String name, long rows, boolean label) {
            Kind kind = integers ? Kind.INT : numbers ? Kind.FLOAT : Kind.TEXT;
            boolean closed = label && kind != Kind.FLOAT && shape.isEmpty() && values.size() <= MAX_LABEL_VALUES
                    && values.size() * 10L <= Math.max(rows, 20);
            return new FeatureSpec(name, kind, shape, seen == rows, closed ? new Domain.Values(List.copyOf(values)) : null, null);
        }

        private static boolean isLong(String cell) {
            try {
                Long.parseLong(cell);
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private static boolean isDouble(String cell) {
            try {
                Double.parseDouble(cell);
                char last = cell.charAt(cell.length() - 1);
                return last != 'd' && last != 'f' && last != 'D' && last != 'F';
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
