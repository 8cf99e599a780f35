package dev.tideline.features;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns CSV rows into JSON records of a schema: cells become numbers where the schema says so; empty cells are absent. */
public final class CsvRecords {

    private final List<String> header;
    private final Map<String, FeatureSpec> features;

    public CsvRecords(List<String> header, Schema schema) {
        this.header = List.copyOf(header);
        this.features = schema.features().stream().collect(Collectors.toMap(FeatureSpec::name, Function.identity()));
    }

    /**
     * A record with the cells of {@code row}. A cell that is not what its feature asks for stays text, so that the validator
     * names it with its value. Columns that the schema does not know are kept as text.
     */
    public ObjectNode record(List<String> row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
            String cell = row.get(i);
            if (!cell.isEmpty()) {
                FeatureSpec feature = features.get(header.get(i));
                put(json, header.get(i), cell, feature == null ? Kind.TEXT : feature.kind());
            }
        }
        return json;
    }

    private static void put(ObjectNode json, String name, String cell, Kind kind) {
        String trimmed = cell.trim();
        try {
            switch (kind) {
                case FLOAT -> json.put(name, decimal(trimmed));
                case INT -> json.put(name, integer(trimmed));
                case TEXT, BYTES -> json.put(name, cell);
            }
        } catch (NumberFormatException e) {
            json.put(name, cell);
        }
    }

    /** A number as JSON would have it; Java also reads NaN, Infinity, hexadecimal digits and a d or f at the end. */
    static double decimal(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if ("0123456789+-.eE".indexOf(cell.charAt(i)) < 0) {
                throw new NumberFormatException(cell);
            }
        }
        return Double.parseDouble(cell);
    }

    private static long integer(String cell) {
        return switch (cell.toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> Long.parseLong(cell);
        };
    }
}
