package dev.tideline.platform.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report as people read it. */
final class ReportTable {

    private ReportTable() {}

    static List<String> lines(DemoReport report) {
        var lines = new ArrayList<String>();
        var accuracy = report.accuracy();
        var seconds = report.seconds();
        lines.add("");
        var onset = report.onsetKnown() ? "drift" : "first alarm";
        row(lines, "accuracy before " + onset, share(accuracy.beforeDrift()));
        row(lines, "accuracy after " + onset, share(accuracy.afterDrift()));
        row(lines, "accuracy after the swap", share(accuracy.afterSwap()));
        row(lines, "accuracy over all rows", share(accuracy.all()));
        if (accuracy.firstVersion() != null) {
            row(lines, "  first version, never retrained", share(accuracy.firstVersion()));
        }
        row(lines, "  label of the row before", share(accuracy.unchanged()));
        report.versions().forEach((version, figures) -> row(lines, "  version " + version,
                share(figures.accuracy()) + String.format(Locale.ROOT, " on %,d rows", figures.rows())));
        if (report.onsetKnown()) {
            row(lines, "drift to detection", time(seconds.onsetToDetection()));
        }
        row(lines, onset + " to new version serving", time(seconds.onsetToServing()));
        row(lines, "requests sent", number(report.requests().sent()));
        row(lines, "requests failed", number(report.requests().failed()));
        row(lines, "records in", number(report.records().in()));
        row(lines, "records in TFRecords", number(report.records().inTfRecords()));
        row(lines, "total time", time(seconds.total()));
        lines.add("");
        lines.add(verdict(report));
        return lines;
    }

    static String verdict(DemoReport report) {
        var problems = new ArrayList<String>();
        if (report.seconds().onsetToDetection() == null) {
            problems.add("no drift was noticed");
        }
        if (report.seconds().onsetToServing() == null) {
            problems.add("no new version replaced the first");
        }
        if (report.requests().failed() > 0) {
            problems.add(report.requests().failed() + " requests failed, the first with: " + report.requests().firstFailure());
        }
        var records = report.records();
        if (!records.allThere()) {
            problems.add(records.in() + " records in, " + records.inTfRecords() + " in TFRecords, " + records.byService()
                    + " by ingest-service's count, " + records.rejected() + " rejected");
        }
        return problems.isEmpty() ? "The loop closed." : "The loop did not close: " + String.join("; ", problems) + ".";
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-34s %s", name, value));
    }

    private static String share(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String time(@Nullable Double seconds) {
        return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
