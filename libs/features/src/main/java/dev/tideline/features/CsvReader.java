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
    /** Characters of a header that are looked at for its separator. */
    private static final int GLANCE = 1 << 16;

    private final int maxRow;
    private final char separator;
    private final boolean lenient;

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
        this(buffered(in), maxRow, ',', false);
    }

    private CsvReader(BufferedReader in, int maxRow, char separator, boolean lenient) throws IOException {
        this.maxRow = maxRow;
        this.separator = separator;
        this.lenient = lenient;
        this.in = in;
        skipMark(in);
        List<String> names = row();
        if (names == null) {
            throw new MalformedCsvException(1, "no header line");
        }
        if (names.stream().anyMatch(String::isBlank) || names.stream().distinct().count() < names.size()) {
            throw new MalformedCsvException(1, "header " + names + " (expected: names that differ, none empty)");
        }
        header = List.copyOf(names);
    }

    /**
     * Reads what spreadsheets call CSV too: a header without a comma but with semicolons or tabs is separated by these, and so are the rows; spaces
     * may stand before a quote. */
    public static CsvReader lenient(Reader in) throws IOException {
        BufferedReader buffered = buffered(in);
        return new CsvReader(buffered, MAX_ROW, separator(buffered), true);
    }

    private static BufferedReader buffered(Reader in) {
        return in instanceof BufferedReader buffered ? buffered : new BufferedReader(in, 1 << 16);
    }

    /** A byte order mark belongs to no name, and a quote may follow it. */
    private static void skipMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != '\uFEFF') {
            in.reset();
        }
    }

    private static char separator(BufferedReader in) throws IOException {
        in.mark(GLANCE);
        char found = ',';
        boolean quoted = false;
        int c = in.read();
        for (int i = 1; i < GLANCE && c >= 0 && (quoted || c != '\n'); i++) {
            quoted ^= c == '"';
            if (!quoted && c == ',') {
                found = ',';
                break;
            }
            found = quoted || found == ';' ? found : c == ';' || c == '\t' ? (char) c : found;
            c = in.read();
        }
        in.reset();
        return found;
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
            } else if (c == '"' && (cell.isEmpty() || lenient && cell.toString().isBlank())) {
                quoted = true;
                cell.setLength(0);
            } else if (c == separator) {
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
