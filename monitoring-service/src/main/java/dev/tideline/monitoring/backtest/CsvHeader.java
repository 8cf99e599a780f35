package dev.tideline.monitoring.backtest;

import dev.tideline.features.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the columns that were asked for are there. */
final class CsvHeader {

    private CsvHeader() {}

    static void check(Path csv, List<String> asked) throws IOException {
        if (Files.size(csv) == 0) {
            throw new BacktestException("--csv: " + csv + " is empty (expected: a header and rows)");
        }
        try (CsvReader reader = CsvReader.lenient(Files.newBufferedReader(csv))) {
            List<String> names = reader.header().stream().map(String::strip).toList();
            List<String> problems = asked.stream().filter(name -> !names.contains(name))
                    .map(name -> "column: " + name + " (expected: one of " + String.join(", ", names) + ")").toList();
            if (!problems.isEmpty()) {
                throw new BacktestException(problems);
            }
        }
    }
}
