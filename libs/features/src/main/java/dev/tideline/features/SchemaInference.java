package dev.tideline.features;

import dev.tideline.contracts.Problem;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proposes a schema from a sample. Integers and booleans become INT, other numbers FLOAT, the rest TEXT; a column with gaps
 * becomes optional; a label with few values gets them as its domain, so that a mistyped label is caught. Every record of the sample
 * keeps to the proposal; where no schema can do that, because values are of several kinds or shapes, there is none.
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
                        columns.get(reader.header().get(i)).addCell(row.get(i));
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
            } else if (column.mixed() != null) {
                problems.add(new Problem("INVALID_SCHEMA", "/" + name, column.mixed(), "values of one kind and shape"));
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

    /** What the values of a name have in common. */
    private static final class Column {

        private final TreeSet<String> values = new TreeSet<>();
        private long seen;
        private boolean integers = true;
        private boolean numbers = true;
        private boolean flags;
        private boolean texts;
        private boolean figures;
        private @Nullable List<Integer> shape;
        private @Nullable String mixed;

        void addCell(String raw) {
            String cell = raw.trim();
            seen++;
            boolean flag = cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
            flags |= flag;
            integers &= flag || isLong(cell);
            numbers &= isFloat(cell);
            remember(raw);
        }

        void addJson(JsonNode json) {
            seen++;
            List<Integer> sizes = new ArrayList<>();
            for (JsonNode first = json; first.isArray(); first = first.get(0)) {
                sizes.add(first.size());
                if (first.isEmpty()) {
                    break;
                }
            }
            if (shape != null && !shape.equals(sizes)) {
                mixed = "values of shape " + shape + " and of shape " + sizes;
            }
            shape = List.copyOf(sizes);
            addJson(json, 0);
        }

        private void addJson(JsonNode json, int depth) {
            if (depth < shapeOf().size()) {
                if (!json.isArray() || json.size() != shapeOf().get(depth) || json.isEmpty()) {
                    mixed = mixed == null ? "arrays of different sizes, or of none" : mixed;
                } else {
                    json.forEach(element -> addJson(element, depth + 1));
                }
                return;
            }
            boolean whole = json.isIntegralNumber() && json.canConvertToLong();
            boolean number = json.isNumber() && isFloat(json.asString());
            flags |= json.isBoolean();
            integers &= whole || json.isBoolean();
            numbers &= number;
            texts |= json.isString();
            figures |= number;
            if (!number && !json.isBoolean() && !json.isString()) {
                mixed = json.isNumber() ? json.asString() + ", which has no place in a float32" : "a value that is " + json.getNodeType();
            }
            remember(json.asString(""));
        }

        private List<Integer> shapeOf() {
            return shape == null ? List.of() : shape;
        }

        /** Why no kind takes all values of JSON records; null when one does. Cells of CSV are text at worst. */
        @Nullable String mixed() {
            int kinds = (flags ? 1 : 0) + (texts ? 1 : 0) + (figures ? 1 : 0);
            boolean many = shape != null && kinds > 1 && !integers;
            return mixed == null && many ? "numbers, booleans or texts together" : mixed;
        }

        private void remember(String value) {
            if (values.size() <= MAX_LABEL_VALUES) {
                values.add(value);
            }
        }

        FeatureSpec feature(String name, long rows, boolean label) {
            Kind kind = integers ? Kind.INT : numbers ? Kind.FLOAT : Kind.TEXT;
            boolean closed = label && kind != Kind.FLOAT && shapeOf().isEmpty() && values.size() <= MAX_LABEL_VALUES
                    && values.size() * 10L <= Math.max(rows, 20);
            return new FeatureSpec(name, kind, shapeOf(), seen == rows, closed ? domain(kind) : null, null);
        }

        /** Integers in the form that records have later, text as it stands. */
        private Domain domain(Kind kind) {
            return new Domain.Values(values.stream().map(value -> kind == Kind.INT ? whole(value.trim()) : value).distinct().toList());
        }

        private static String whole(String cell) {
            return switch (cell.toLowerCase(Locale.ROOT)) {
                case "true" -> "1";
                case "false" -> "0";
                default -> Long.toString(Long.parseLong(cell));
            };
        }

        private static boolean isLong(String cell) {
            try {
                Long.parseLong(cell);
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private static boolean isFloat(String cell) {
            try {
                return Float.isFinite((float) CsvRecords.decimal(cell));
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
