package dev.tideline.monitoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryReaderTest {

    @TempDir
    private Path folder;

    @Test
    void keepsTheOrderOfTheRowsInTheFileForTraining() throws IOException {
        History history = read(order("x,y,label", i -> i + "," + i * 0.5 + "," + i % 2, 0));
        assertThat(history.size()).isEqualTo(1_200);
        assertThat(history.labels().subList(0, 4)).containsExactly("0", "1", "0", "1");
        assertThat(history.times().get(7)).isEqualTo(history.times().getFirst().plusSeconds(7));
        try (TfRecordReader reader = TfRecordReader.open(history.root().resolve(history.file()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(Example.decode(reader.next())).isEqualTo(history.rows().get(i));
            }
        }
    }

    @Test
    void takesTheEventTimeFromItsColumn() throws IOException {
        BacktestOrder order = order("at,x,label", i -> Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * i) + "," + i + ",a" + i % 3, 0);
        History history = read(timed(order));
        assertThat(history.firstSince(Instant.parse("2026-01-01T00:10:00Z"))).isEqualTo(10);
        assertThat(history.firstSince(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(1_200);
        assertThat(history.schema().inputs()).extracting("name").containsExactly("x");
    }

    @Test
    void refusesRowsThatAreNotInTheOrderOfTime() throws IOException {
        BacktestOrder order = timed(order("at,x,label", i -> (i == 800 ? 5 : 1_000L + i) + "," + i + "," + i % 2, 0));
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class)
                .hasMessageStartingWith("line 802: at: 1970-01-01T00:00:00.005Z (expected: not before 1970-01-01T00:00:01.799Z");
    }

    @Test
    void fillsEmptyCells() throws IOException {
        History history = read(order("x,word,label", i -> (i % 3 == 0 ? "" : i) + "," + (i % 5 == 0 ? "" : "w") + "," + i % 2, 0));
        assertThat(history.rows().getFirst().feature("x")).isEqualTo(Feature.longs(0));
        assertThat(history.rows().getFirst().feature("word")).isEqualTo(Feature.text(""));
    }

    @Test
    void namesEveryColumnThatIsMissing() throws IOException {
        BacktestOrder order = order("x,y", i -> i + "," + i, 0);
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class)
                .hasMessage("column: label (expected: one of x, y)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "Infinity", "x", "1e99", "1f"})
    void namesTheLineOfACellThatIsNoNumber(String cell) throws IOException {
        BacktestOrder order = order("x,label", i -> (i == 40 ? cell : i + ".5") + "," + i % 2, 0);
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class)
                .hasMessageStartingWith("line 42: x: " + cell + " (expected: a number as in 1199 rows, or an empty cell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "?", "n/a", "NA", "null", " - "})
    void takesASignForNothingAmongNumbersAsAnEmptyCellAndSaysSo(String cell) throws IOException {
        HistoryReader reader = new HistoryReader(order("x,label", i -> (i % 400 == 40 ? cell : i + ".5") + "," + i % 2, 0));
        History history = reader.read();
        assertThat(history.rows().get(40).feature("x")).isEqualTo(Feature.floats(0));
        assertThat(history.rows().get(41).feature("x")).isEqualTo(Feature.floats(41.5f));
        assertThat(reader.notes()).containsExactly("column x: 3 cells such as NaN or ? count as empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", ", "})
    void readsOtherSeparatorsAndSpacesAroundNames(String separator) throws IOException {
        History history = read(order("\uFEFF\"x\"" + separator + "word" + separator + "label", i -> i + separator + "\"a,;b\"" + separator + i % 2, 0));
        assertThat(history.schema().inputs()).extracting("name").containsExactly("x", "word");
        assertThat(history.rows().get(7).feature("x")).isEqualTo(Feature.longs(7));
        assertThat(history.rows().get(7).feature("word")).isEqualTo(Feature.text("a,;b"));
        assertThat(history.labels().get(7)).isEqualTo("1");
    }

    @Test
    void givesColumnsNamesThatASchemaTakesAndSaysSo() throws IOException {
        Path csv = order("x y,1st,x_y,the_label,the label", i -> i + "," + i * 2 + "," + i * 3 + ",7," + i % 2, 0).csv().transform(Path::of);
        HistoryReader reader = new HistoryReader(new BacktestOrder(csv.toString(), "the label", null, null, null, 0, null, null, null, 1, false, 1,
                folder.toString(), List.of()));
        History history = reader.read();
        assertThat(history.schema().inputs()).extracting("name").containsExactly("x_y", "_1st", "x_y_2", "the_label_2");
        assertThat(history.labels().subList(0, 3)).containsExactly("0", "1", "0");
        assertThat(reader.notes()).containsExactly("column x y is called x_y", "column 1st is called _1st", "column x_y is called x_y_2", "column the_label is called the_label_2",
                "column the label is called the_label");
    }

    @Test
    void takesClassesWrittenAsDecimalsAsWholeNumbers() throws IOException {
        History history = read(order("x,label", i -> i + "," + (i % 3) + ".0", 0));
        assertThat(history.labels().subList(0, 4)).containsExactly("0", "1", "2", "0");
    }

    @Test
    void leavesAColumnWithoutAValueOut() throws IOException {
        HistoryReader reader = new HistoryReader(order("x,nothing,label", i -> i + ",," + i % 2, 0));
        assertThat(reader.read().schema().inputs()).extracting("name").containsExactly("x");
        assertThat(reader.notes()).containsExactly("column nothing has no value and is left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T00:00:00Z", "2026-03-01 00:00:00", "2026-03-01", "2026-03-01T01:00:00+01:00", "2026-03-01 00:00"})
    void takesTimesAsTheyAreOftenWritten(String time) throws IOException {
        assertThat(read(timed(order("at,x,label", i -> time + "," + i + "," + i % 2, 0))).times().getFirst())
                .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    }

    @Test
    void namesTheLineInTheFileAlsoBehindBlankLinesAndCellsOfSeveralLines() throws IOException {
        BacktestOrder order = order("x,word,label", i -> i + ",\"two\nlines\"," + (i == 10 ? "\n" : i % 2 + "\n"), 0);
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class).hasMessageStartingWith("line 32: label");
    }

    @Test
    void saysThatBytesOfAnotherEncodingAreNoUtf8() throws IOException {
        Path csv = Files.write(folder.resolve("latin.csv"), "x,label\n\u00e4,1\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(order(csv, 0))).hasMessageContaining("has bytes that are no UTF-8");
    }

    @Test
    void refusesALabelWithOneClass() throws IOException {
        BacktestOrder order = order("x,label", i -> i + ",1", 0);
        assertThatThrownBy(() -> read(order)).hasMessage("--label: label is 1 in every row (expected: at least two classes)");
    }

    @Test
    void refusesALabelOfNumbers() throws IOException {
        BacktestOrder order = order("x,label", i -> i + "," + i + ".25", 0);
        assertThatThrownBy(() -> read(order)).hasMessageStartingWith("--label: label holds numbers");
    }

    @Test
    void refusesARowWithoutALabel() throws IOException {
        BacktestOrder order = order("x,label", i -> i + "," + (i == 9 ? "" : i % 2), 0);
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class).hasMessageContaining("line 11").hasMessageContaining("label");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path csv = Files.createFile(folder.resolve("empty.csv"));
        assertThatThrownBy(() -> read(order(csv, 0))).hasMessageEndingWith("is empty (expected: a header and rows)");
    }

    @Test
    void refusesAFewRows() throws IOException {
        Path csv = Files.writeString(folder.resolve("few.csv"), "x,label\n1,0\n2,1\n");
        assertThatThrownBy(() -> read(order(csv, 0))).hasMessageContaining("2 rows (expected: at least 1000)");
    }

    @Test
    void refusesWhatIsNoCsv() throws IOException {
        Path csv = Files.write(folder.resolve("picture.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
        assertThatThrownBy(() -> read(order(csv, 0))).isInstanceOf(BacktestException.class).hasMessageContaining("expected: UTF-8 CSV with a header");
    }

    @Test
    void refusesARowWithMoreCellsThanTheHeader() throws IOException {
        BacktestOrder order = order("x,label", i -> i + "," + i % 2 + (i == 3 ? ",9" : ""), 0);
        assertThatThrownBy(() -> read(order)).isInstanceOf(BacktestException.class).hasMessageContaining("3 cells");
    }

    @Test
    void refusesADelayThatNoLabelSurvives() throws IOException {
        BacktestOrder order = order("x,label", i -> i + "," + i % 2, 960);
        assertThatThrownBy(() -> read(order)).hasMessage("--delay: 960 rows (expected: fewer than the 960 that are replayed)");
    }

    private BacktestOrder order(String header, IntFunction<String> row, int delay) throws IOException {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int i = 0; i < 1_200; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        return order(Files.writeString(folder.resolve("history.csv"), csv), delay);
    }

    private BacktestOrder order(Path csv, int delay) {
        return new BacktestOrder(csv.toString(), "label", null, null, null, delay, null, null, null, 1, false, 1, folder.toString(), List.of());
    }

    private static BacktestOrder timed(BacktestOrder order) {
        return new BacktestOrder(order.csv(), order.label(), null, "at", null, 0, null, null, null, 1, false, 1, order.folder(), List.of());
    }

    private static History read(BacktestOrder order) throws IOException {
        return new HistoryReader(order).read();
    }
}
