package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.platform.support.RecordingConsole;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayReportTest {

    private final ReplayReport report = new ReplayReport();

    private List<String> printed(double seconds) {
        RecordingConsole console = new RecordingConsole();
        report.print(console, seconds);
        return console.lines();
    }

    @Test
    void givesPercentilesOfTheAnswersInAnyOrder() {
        for (int millis = 100; millis >= 1; millis--) {
            report.answered(millis * 1_000_000L, "id", true);
        }

        assertThat(printed(2)).containsExactly("100 requests in 2.0 s, 0 failed, 0 answers differ from the log",
                "p50 51.00 ms, p99 100.00 ms, longest 100.00 ms");
    }

    @Test
    void namesTheFirstFewDifferencesAndCountsAll() {
        for (int i = 0; i < 8; i++) {
            report.answered(1_000_000, "id-" + i, false);
        }

        assertThat(printed(1)).contains("8 requests in 1.0 s, 0 failed, 8 answers differ from the log")
                .filteredOn(line -> line.startsWith("differs: ")).containsExactly("differs: id-0", "differs: id-1", "differs: id-2",
                        "differs: id-3", "differs: id-4");
    }

    @Test
    void aReasonOfSeveralLinesStaysOnOne() {
        report.failed("a", "503\n  busy\n");

        assertThat(printed(1)).containsExactly("1 requests in 1.0 s, 1 failed, 0 answers differ from the log", "failed: a: 503 busy");
    }

    @Test
    void saysWhatWasExpectedWhenThereWasNothing() {
        assertThat(printed(0)).singleElement().asString().contains("nothing to replay", "expected: files that end in .tfrecord");
    }
}
