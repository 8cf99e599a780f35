package dev.tideline.monitoring.backtest;

import dev.tideline.features.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds columns of numbers with a few cells that are none, such as NaN: taken as they stand they would turn the whole column into
 * text.
 */
final class StrayCells {

    /** From this share of numbers on, a column is meant to hold numbers. */
    private static final double NUMBERS = 0.5;

    private StrayCells() {}

    private static final class Column {
        private long numbers;
        private long others;
        private long line;
        private String cell = "";
    }

    static void check(Path csv, @Nullable String key) throws IOException {
        try (CsvReader reader = new CsvReader(Files.newBufferedReader(csv))) {
            List<Column> columns = reader.header().stream().map(name -> new Column()).toList();
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                for (int i = 0; i < row.size(); i++) {
                    count(columns.get(i), row.get(i), reader.line());
                }
            }
            List<String> problems = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (column.others > 0 && column.numbers > NUMBERS * (column.numbers + column.others) && !reader.header().get(i).equals(key)) {
                    problems.add("line " + column.line + ": " + reader.header().get(i) + ": " + column.cell + " (expected: a number as in "
                            + column.numbers + " rows, or an empty cell; " + column.others + " cells of the column are neither)");
                }
            }
            if (!problems.isEmpty()) {
                throw new BacktestException(problems);
            }
        }
    }

    private static void count(Column column, String cell, long line) {
        if (cell.isBlank()) {
            return;
        }
        if (isNumber(cell.trim())) {
            column.numbers++;
        } else if (column.others++ == 0) {
            column.line = line;
            column.cell = cell;
        }
    }

    private static boolean isNumber(String cell) {
        char last = cell.charAt(cell.length() - 1);
        if (last > '9') {
            // Java reads "NaN", "Infinity" and "1f" as well.
            return false;
        }
        try {
            return Float.isFinite(Float.parseFloat(cell));
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
