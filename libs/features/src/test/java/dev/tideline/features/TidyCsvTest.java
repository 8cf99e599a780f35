package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyCsvTest {

    private static final TidyCsv.Roles ROLES = new TidyCsv.Roles("the label", "id", null);

    @TempDir
    private Path folder;

    @Test
    void writesWhatAStrictReaderTakes() throws IOException {
        TidyCsv.Tidy tidy = write("\uFEFF id ;wind speed;nothing;the label\n1;2.5;;1.0\n2;n/a;;0.0\n3;4;;1.0\n");

        assertThat(cells(tidy)).containsExactly(List.of("id", "wind_speed", "the_label"),
                List.of("1", "2.5", "1"), List.of("2", "", "0"), List.of("3", "4", "1"));
        assertThat(tidy.roles()).isEqualTo(new TidyCsv.Roles("the_label", "id", null));
        assertThat(tidy.notes()).containsExactlyInAnyOrder("column nothing has no value and is left out",
                "column wind speed: 1 cells such as NaN or ? count as empty", "column wind speed is called wind_speed",
                "column the label is called the_label");
    }

    @Test
    void leavesATidyFileAsItIs() throws IOException {
        TidyCsv.Tidy tidy = write("id,x,the label\n1,\"a,b\",\"say \"\"no\"\"\"\n");

        assertThat(cells(tidy).get(1)).containsExactly("1", "a,b", "say \"no\"");
        assertThat(tidy.notes()).containsExactly("column the label is called the_label");
    }

    @Test
    void keepsEachRowOnItsLine() throws IOException {
        TidyCsv.Tidy tidy = write("id,word,the label\n\n\n1,\"two\nlines\",a\n2,w,b\n");

        try (CsvReader reader = new CsvReader(Files.newBufferedReader(tidy.csv()))) {
            reader.next();
            assertThat(reader.line()).isEqualTo(4);
            reader.next();
            assertThat(reader.line()).isEqualTo(6);
        }
    }

    @Test
    void changesNothingWhereTheFileHasAFault() {
        assertThatThrownBy(() -> write("x,y\n1,2\n")).isInstanceOf(UntidyCsvException.class)
                .hasMessage("column: the label (expected: one of x, y)\ncolumn: id (expected: one of x, y)");
        assertThatThrownBy(() -> write("id,x,the label\n1,2,a\n2,3,b\n3,four,a\n")).isInstanceOf(UntidyCsvException.class)
                .hasMessage("line 4: x: four (expected: a number as in 2 rows, or an empty cell; 1 cells of the column are neither)");
        assertThatThrownBy(() -> write("")).isInstanceOf(UntidyCsvException.class).hasMessageEndingWith("is empty (expected: a header and rows)");
        assertThat(folder.resolve("copy.csv")).doesNotExist();
    }

    private TidyCsv.Tidy write(String text) throws IOException {
        return TidyCsv.write(Files.writeString(folder.resolve("kept.csv"), text), ROLES, folder.resolve("copy.csv"));
    }

    private static List<List<String>> cells(TidyCsv.Tidy tidy) throws IOException {
        try (CsvReader reader = new CsvReader(Files.newBufferedReader(tidy.csv()))) {
            List<List<String>> cells = new ArrayList<>(List.of(reader.header()));
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                cells.add(List.copyOf(row));
            }
            return cells;
        }
    }
}
