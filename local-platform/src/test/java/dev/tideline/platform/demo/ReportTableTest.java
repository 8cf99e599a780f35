package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTableTest {

    @Test
    void showsTheFiguresThatWerePromised() {
        assertThat(ReportTable.lines(report(8.5, 0, 30)))
                .contains("  accuracy before drift              93.0 %")
                .contains("  accuracy after drift               60.5 %")
                .contains("  accuracy after the swap            -")
                .contains("  drift to detection                 2.3 s")
                .contains("  drift to new version serving       8.5 s")
                .contains("  requests failed                    0")
                .contains("  records in                         30")
                .contains("  records in TFRecords               30")
                .endsWith("The loop closed.");
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThat(ReportTable.verdict(report(null, 3, 29))).isEqualTo("The loop did not close: no new version replaced the first;"
                + " 3 requests failed, the first with: 503; 30 records in, 29 in TFRecords, 29 by ingest-service's count, 0 rejected.");
    }

    @Test
    void saysNothingOfAFirstVersionThatWasNotKeptForComparison() {
        assertThat(ReportTable.lines(report(8.5, 0, 30))).contains("    first version, never retrained   70.0 %");
        var alone = new DemoReport.Accuracy(0.93, 0.605, null, 0.8, null, 0.5);
        assertThat(ReportTable.lines(report(true, alone, 8.5, 0, 30))).noneMatch(line -> line.contains("never retrained"));
    }

    @Test
    void writesTheSameFiguresAsJson() {
        var json = Json.MAPPER.valueToTree(report(8.5, 0, 30));

        assertThat(json.at("/accuracy/beforeDrift").doubleValue()).isEqualTo(0.93);
        assertThat(json.at("/versions/1/rows").longValue()).isEqualTo(100);
        assertThat(json.at("/records/inTfRecords").longValue()).isEqualTo(30);
    }

    @Test
    void claimsNoTimeToDetectionWhereNobodyKnowsTheOnset() {
        assertThat(ReportTable.lines(report(false, 8.5, 0, 30)))
                .contains("  accuracy before first alarm        93.0 %")
                .contains("  first alarm to new version serving 8.5 s")
                .noneMatch(line -> line.contains("detection"));
    }

    private static DemoReport report(@Nullable Double serving, long failed, long inTfRecords) {
        return report(true, serving, failed, inTfRecords);
    }

    private static DemoReport report(boolean onsetKnown, @Nullable Double serving, long failed, long inTfRecords) {
        return report(onsetKnown, new DemoReport.Accuracy(0.93, 0.605, null, 0.8, 0.7, 0.5), serving, failed, inTfRecords);
    }

    private static DemoReport report(
            boolean onsetKnown, DemoReport.Accuracy accuracy, @Nullable Double serving, long failed, long inTfRecords) {
        return new DemoReport("trips", "trips", "generated", onsetKnown, true, accuracy,
                new DemoReport.Seconds(2.3, serving, 100),
                new DemoReport.Requests(10, failed, 80, failed == 0 ? null : "503"),
                new DemoReport.Records(20, 10, inTfRecords, inTfRecords, 0, 2),
                new TreeMap<>(Map.of(1L, new DemoReport.Version(100, 0.9, Map.of("accuracy", 0.91)))));
    }
}
