package dev.tideline.features;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a CSV file that people keep, as everything after it reads it: commas between the cells where semicolons or tabs were, names without
 * spaces around them, no column without a value, an empty cell where a column of numbers says that it knows nothing, classes as whole numbers.
 * Each row begins on the line that it has in the file, so that messages name lines that a person finds.
 */
public final class TidyCsv {

    /** From this share of numbers on, a column is meant to hold numbers. */
    private static final double NUMBERS = 0.5;
    /** Leaves room for a number, as a schema takes 100. */
    private static final int MAX_NAME = 95;
    private static final Set<String> NOTHING = Set.of("?", "-", "na", "n/a", "nan", "null", "none");

    private final Path csv;
    private final Roles roles;
    private final List<String> names = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private TidyCsv(Path csv, Roles roles) {
        this.csv = csv;
        this.roles = roles;
    }

    /** Names of columns that mean more than a value, as in the file's header. */
    public record Roles(String label, @Nullable String key, @Nullable String time) {

        List<String> names() {
            return Stream.of(label, key, time).filter(Objects::nonNull).toList();
        }

        /** What these columns are called in the copy. */
        public Roles inCopy() {
            return new Roles(usable(label), key == null ? null : usable(key), time == null ? null : usable(time));
        }
    }

    /** @param notes what was changed in ways that a person should know of */
    public record Tidy(Path csv, Roles roles, List<String> notes) {}

    private static final class Column {
        private long numbers;
        private long unknown;
        private long others;
        private boolean whole = true;
        private boolean plain = true;
        private long line;
        private String cell = "";

        boolean isNumbers() {
            return numbers > NUMBERS * (numbers + unknown + others);
        }

        boolean isEmpty() {
            return numbers + unknown + others == 0;
        }
    }

    /**
     * Writes the copy.
     *
     * @throws UntidyCsvException when the file is empty, lacks a column of {@code roles}, or has cells in columns of numbers which are neither
     *     numbers nor a sign for none; with all of them
     */
    public static Tidy write(Path csv, Roles roles, Path copy) throws IOException {
        if (Files.size(csv) == 0) {
            throw new UntidyCsvException(List.of(csv + " is empty (expected: a header and rows)"));
        }
        TidyCsv tidy = new TidyCsv(csv, roles);
        tidy.look();
        tidy.check();
        tidy.write(copy);
        return new Tidy(copy, roles.inCopy(), List.copyOf(tidy.notes));
    }

    private void look() throws IOException {
        try (CsvReader reader = CsvReader.lenient(Files.newBufferedReader(csv))) {
            for (String name : reader.header()) {
                names.add(name.strip());
                columns.add(new Column());
            }
            List<String> missing = roles.names().stream().filter(name -> !names.contains(name))
                    .map(name -> "column: " + name + " (expected: one of " + String.join(", ", names) + ")").toList();
            if (!missing.isEmpty()) {
                throw new UntidyCsvException(missing);
            }
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                for (int i = 0; i < row.size(); i++) {
                    count(columns.get(i), row.get(i).strip(), reader.line());
                }
            }
        }
    }

    private static void count(Column column, String cell, long line) {
        if (cell.isEmpty()) {
            return;
        }
        Double number = number(cell);
        if (number != null) {
            column.numbers++;
            column.whole &= number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE;
            column.plain &= cell.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+');
        } else if (NOTHING.contains(cell.toLowerCase(Locale.ROOT))) {
            column.unknown++;
        } else if (column.others++ == 0) {
            column.line = line;
            column.cell = cell;
        }
    }

    private void check() throws UntidyCsvException {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String name = names.get(i);
            if (column.others > 0 && column.isNumbers() && !name.equals(roles.key()) && !name.equals(roles.label())) {
                problems.add("line " + column.line + ": " + name + ": " + column.cell + " (expected: a number as in "
                        + column.numbers + " rows, or an empty cell; " + column.others + " cells of the column are neither)");
            }
        }
        if (!problems.isEmpty()) {
            throw new UntidyCsvException(problems);
        }
    }

    private void write(Path tidy) throws IOException {
        boolean[] left = new boolean[columns.size()];
        for (int i = 0; i < left.length; i++) {
            Column column = columns.get(i);
            left[i] = column.isEmpty() && !isAsked(names.get(i));
            if (left[i]) {
                notes.add("column " + names.get(i) + " has no value and is left out");
            } else if (column.unknown > 0 && column.isNumbers()) {
                notes.add(String.format(Locale.ROOT, "column %s: %,d cells such as NaN or ? count as empty", names.get(i), column.unknown));
            }
        }
        try (CsvReader reader = CsvReader.lenient(Files.newBufferedReader(csv)); BufferedWriter out = Files.newBufferedWriter(tidy)) {
            long line = row(out, usable(), left) + 1;
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                for (; line < reader.line(); line++) {
                    out.write('\n');
                }
                List<String> cells = new ArrayList<>(row.size());
                for (int i = 0; i < row.size(); i++) {
                    cells.add(cell(names.get(i), columns.get(i), row.get(i)));
                }
                line += row(out, cells, left);
            }
        }
    }

    /** Names as a schema takes them, different from each other; those that were asked for come first to theirs. */
    private List<String> usable() {
        Set<String> taken = new HashSet<>();
        names.stream().filter(this::isAsked).forEach(name -> taken.add(usable(name)));
        List<String> usable = new ArrayList<>();
        for (String name : names) {
            String begin = usable(name);
            String next = begin;
            for (int i = 2; !isAsked(name) && !taken.add(next); i++) {
                next = begin + "_" + i;
            }
            if (!next.equals(name)) {
                notes.add("column " + name + " is called " + next);
            }
            usable.add(next);
        }
        return usable;
    }

    /** What a column of that name is called in a schema, unless another took the name before. */
    private static String usable(String name) {
        String bare = name.replaceAll("[^A-Za-z0-9_.\\-]", "_");
        String named = bare.isEmpty() || !Character.isLetter(bare.charAt(0)) && bare.charAt(0) != '_' ? "_" + bare : bare;
        return named.length() > MAX_NAME ? named.substring(0, MAX_NAME) : named;
    }

    private boolean isAsked(String name) {
        return roles.names().contains(name);
    }

    private String cell(String name, Column column, String cell) {
        String bare = cell.strip();
        if (column.unknown > 0 && column.isNumbers() && NOTHING.contains(bare.toLowerCase(Locale.ROOT))) {
            return "";
        }
        if (name.equals(roles.label()) && column.others == 0 && column.whole && !column.plain && !bare.isEmpty()) {
            Double number = number(bare);
            return number == null ? cell : Long.toString(number.longValue());
        }
        return cell;
    }

    /** Lines that the row took. */
    private static long row(BufferedWriter out, List<String> cells, boolean[] left) throws IOException {
        long lines = 1;
        String between = "";
        for (int i = 0; i < cells.size(); i++) {
            if (!left[i]) {
                String cell = cells.get(i);
                out.write(between);
                out.write('"' + cell.replace("\"", "\"\"") + '"');
                between = ",";
                lines += cell.chars().filter(c -> c == '\n').count();
            }
        }
        out.write('\n');
        return lines;
    }

    private static @Nullable Double number(String cell) {
        if (cell.charAt(cell.length() - 1) > '9') {
            // Java reads "NaN", "Infinity" and "1f" as well.
            return null;
        }
        try {
            return Float.isFinite(Float.parseFloat(cell)) ? Double.valueOf(cell) : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
