package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeReportTest {

    @Test
    void listsEachProblemOfARejectedRecord() {
        IntakeReport.Builder report = new IntakeReport.Builder(10);
        report.accept();
        report.reject(2, List.of(new Problem("A", "/x", "1", "2"), new Problem("B", "/y", "3", "4")));

        assertThat(report.build()).isEqualTo(new IntakeReport(1, 1, List.of(
                new IntakeReport.Rejection(2, "A", "/x", "1", "2"), new IntakeReport.Rejection(2, "B", "/y", "3", "4"))));
    }

    @Test
    void countsRejectionsBeyondTheLimitWithoutListingThem() {
        IntakeReport.Builder report = new IntakeReport.Builder(2);
        for (int line = 1; line <= 5; line++) {
            report.reject(line, List.of(new Problem("A", "", "1", "2")));
        }

        assertThat(report.build().rejectedCount()).isEqualTo(5);
        assertThat(report.build().rejected()).hasSize(2);
    }
}
