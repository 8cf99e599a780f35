package dev.tideline.features;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as in RFC 4180: comma-separated, quoted with '"', quotes doubled inside quotes, line ends CRLF or LF. The first row
 * names the columns. Constant memory, one row at a time.
 */
public final class CsvReader implements Closeable {

    private static final int MAX_ROW = 1 << 24;

    private final int maxRow;

    private final BufferedReader in;
    private final List<String> header;
    private long line;
    private long began;

    /** @throws MalformedCsvException when there is no header, or one with an empty or repeated name */
    public CsvReader(Reader in) throws IOException {
        this(in, MAX_ROW);
    }

    /** @param maxRow characters that a row may have */
    public CsvReader(Reader in, int maxRow) throws IOException {
        this.maxRow = maxRow;
        this.in = in instanceof BufferedReader buffered ? buffered : new BufferedReader(in, 1 << 16);
        List<String> names = row();
        if (names == null) {
            throw new MalformedCsvException(1, "no header line");
        }
        if (!names.isEmpty() && names.getFirst().startsWith("\uFEFF")) {
            names.set(0, names.getFirst().substring(1));
        }
        if (names.stream().anyMatch(String::isBlank) || names.stream().distinct().count() < names.size()) {
            throw new MalformedCsvException(1, "header " + names + " (expected: names that differ, none empty)");
        }
        header = List.copyOf(names);
    }

    public List<String> header() {
        return header;
    }

    /** Number of the line that the last row began on, from 1. */
    public long line() {
        return began;
    }

    /**
     * The next row's cells, as many as the header has, or null at the end. Empty lines are skipped.
     *
     * @throws MalformedCsvException when a row has another number of cells, or a quote is never closed
     */
    public @Nullable List<String> next() throws IOException {
        List<String> row = row();
        while (row != null && row.size() == 1 && row.getFirst().isEmpty() && header.size() > 1) {
            row = row();
        }
        if (row != null && row.size() != header.size()) {
            throw new MalformedCsvException(began, row.size() + " cells (expected: " + header.size() + ", as in the header)");
        }
        return row;
    }

    private @Nullable List<String> row() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        line++;
        began = line;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int length = 0;
        for (;; c = in.read()) {
            if (++length > maxRow) {
                throw new MalformedCsvException(began, "a row longer than " + maxRow + " characters");
            }
            if (quoted) {
                if (c < 0) {
                    throw new MalformedCsvException(began, "a quote that is never closed");
                }
                if (c != '"') {
                    line += c == '\n' ? 1 : 0;
                    cell.append((char) c);
                } else if (peek() == '"') {
                    cell.append((char) in.read());
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c < 0) {
                cells.add(cell.toString());
                return cells;
            } else if (c != '\r' || peek() != '\n') {
                cell.append((char) c);
            }
        }
    }

    private int peek() throws IOException {
        in.mark(1);
        int c = in.read();
        in.reset();
        return c;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
