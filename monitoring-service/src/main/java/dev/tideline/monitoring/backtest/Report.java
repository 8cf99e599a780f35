package dev.tideline.monitoring.backtest;

import dev.tideline.monitoring.backtest.Run.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a backtest found, as a table, as JSON and as a page with a picture. */
final class Report {

    private final BacktestOrder order;
    private final History history;
    private final int past;
    private final List<Run> runs;

    Report(BacktestOrder order, History history, int past, List<Run> runs) {
        this.order = order;
        this.history = history;
        this.past = past;
        this.runs = runs;
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(about());
        lines.add(String.format(Locale.ROOT, "%-20s %9s %10s %9s %18s", "", "accuracy", "trainings", "deploys", "training minutes"));
        lines.add(String.format(Locale.ROOT, "%-20s %7.2f %% %10s %9s %18s", "no change", 100 * history.noChange(past, order.delay()), "", "", ""));
        for (Run run : runs) {
            lines.add(String.format(Locale.ROOT, "%-20s %7.2f %% %10d %9d %18.1f", run.name(), 100 * run.accuracy(),
                    run.count(Mark.Kind.TRAINED), run.count(Mark.Kind.DEPLOYED), run.trainingMinutes()));
        }
        lines.add("picture and story: " + Path.of(order.folder(), "report.html"));
        return lines;
    }

    private String about() {
        return String.format(Locale.ROOT, "%s: %,d rows, the first %,d are the past; labels come %s", order.csv(), history.size(), past,
                order.delay() == 0 ? "at once" : String.format(Locale.ROOT, "%,d rows late", order.delay()));
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("report.json"), json().toPrettyString());
        Files.writeString(folder.resolve("report.html"), Page.of("Backtest of " + Path.of(order.csv()).getFileName(), about(),
                history.noChange(past, order.delay()), past, history.size(), runs));
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.builder().build().createObjectNode().put("csv", order.csv()).put("rows", history.size())
                .put("past", past).put("delay", order.delay()).put("noChange", history.noChange(past, order.delay()));
        ArrayNode all = json.putArray("runs");
        for (Run run : runs) {
            ObjectNode each = all.addObject().put("name", run.name()).put("accuracy", run.accuracy())
                    .put("trainings", run.count(Mark.Kind.TRAINED)).put("deploys", run.count(Mark.Kind.DEPLOYED))
                    .put("rejected", run.count(Mark.Kind.REJECTED)).put("failed", run.count(Mark.Kind.FAILED))
                    .put("trainingMinutes", run.trainingMinutes());
            ArrayNode marks = each.putArray("events");
            run.marks().forEach(mark -> marks.addObject().put("row", mark.row()).put("kind", mark.kind().name()).put("text", mark.text()));
        }
        return json;
    }
}
