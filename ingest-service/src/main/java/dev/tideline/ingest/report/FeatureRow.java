package dev.tideline.ingest.report;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Kind;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.TextStatistics;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One feature: its name and findings, its drawing, its figures by split. */
final class FeatureRow {

    /** A number with no more values than this is drawn value by value. */
    private static final int FEW = 8;
    private static final int SHOWN = 6;
    private static final int ALL = 20;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final double MILLIS_A_DAY = 86_400_000;

    private final Schema schema;
    private final FeatureSpec feature;
    private final SortedMap<String, DatasetStatistics> splits = new TreeMap<>(Comparator.reverseOrder());
    private final @Nullable FeatureStatistics train;
    private final @Nullable FeatureStatistics evaluation;
    private final double skew;
    private final List<Finding> findings;

    FeatureRow(DatasetManifest manifest, FeatureSpec feature) {
        this.schema = manifest.schema();
        this.feature = feature;
        manifest.splits().forEach((name, split) -> splits.put(name, split.statistics()));
        this.train = of(DatasetManifest.TRAIN);
        this.evaluation = of(DatasetManifest.EVALUATION);
        boolean moves = feature.name().equals(schema.key()) || feature.name().equals(schema.time());
        this.skew = moves || train == null || evaluation == null ? 0 : Skew.of(train, evaluation);
        this.findings = Findings.of(feature, feature.name().equals(schema.key()), splits, skew);
    }

    boolean warned() {
        return findings.stream().anyMatch(Finding::warning);
    }

    String html(int place) {
        double missing = splits.entrySet().stream().mapToDouble(split -> missing(split.getKey())).max().orElse(0);
        StringBuilder html = new StringBuilder("<li class=\"feature\" data-place=\"%d\" data-name=\"%s\" data-kind=\"%s\" data-findings=\"%d\" data-skew=\"%s\" data-missing=\"%s\">"
                .formatted(place, Html.text(feature.name()), feature.kind(), findings.stream().filter(Finding::warning).count(), Html.at(skew), Html.at(missing)));
        html.append("<div><h2>").append(Html.text(feature.name())).append("</h2><p>").append(tags()).append("</p>");
        if (!findings.isEmpty()) {
            html.append("<ul class=\"findings\" aria-label=\"Findings\">");
            findings.forEach(finding -> html.append(finding.warning() ? "<li class=\"warn\">" : "<li>").append(Html.text(finding.text())).append("</li>"));
            html.append("</ul>");
        }
        return html.append("</div><div>").append(drawing()).append("</div><div class=\"figures\">").append(table()).append(more()).append("</div></li>\n").toString();
    }

    private String tags() {
        List<String> tags = new ArrayList<>();
        tags.add("<span class=\"tag\">" + feature.kind() + (feature.shape().isEmpty() ? "" : " " + feature.shape()) + "</span>");
        if (!feature.required()) {
            tags.add("<span class=\"tag\">optional</span>");
        }
        role("label", schema.label(), tags);
        role("key", schema.key(), tags);
        role("time", schema.time(), tags);
        if (feature.domain() != null) {
            tags.add("<span class=\"tag\">" + Html.text(Html.shortened(feature.domain().toString(), 60)) + "</span>");
        }
        return String.join(" ", tags);
    }

    private void role(String name, @Nullable String holder, List<String> tags) {
        if (feature.name().equals(holder)) {
            tags.add("<span class=\"tag role\">" + name + "</span>");
        }
    }

    private String drawing() {
        if (feature.kind() == Kind.BYTES) {
            return "<p class=\"none\">bytes are not counted</p>";
        }
        if (feature.kind() == Kind.TEXT || few(train) && few(evaluation)) {
            return Charts.values(train, evaluation, feature.kind() == Kind.TEXT ? SHOWN : FEW);
        }
        return Charts.distribution(feature.name(), (NumericStatistics) train, (NumericStatistics) evaluation, label(LONG));
    }

    private static boolean few(@Nullable FeatureStatistics statistics) {
        return statistics == null || statistics.distinct() > 0 && statistics.distinct() <= FEW;
    }

    private String table() {
        boolean numbers = feature.kind() == Kind.FLOAT || feature.kind() == Kind.INT;
        StringBuilder html = new StringBuilder("<table><thead><tr><th scope=\"col\">split</th><th scope=\"col\">values</th><th scope=\"col\">missing</th>");
        for (String column : numbers ? List.of("mean", "dev.", "min", "25 %", "median", "75 %", "max", "zeros", "distinct")
                : List.of("distinct", "shortest", "mean length", "longest")) {
            html.append("<th scope=\"col\">").append(column).append("</th>");
        }
        html.append("</tr></thead><tbody>");
        splits.forEach((name, rows) -> {
            FeatureStatistics statistics = rows.features().get(feature.name());
            html.append("<tr><th scope=\"row\"><span class=\"key ").append(Html.text(name)).append("\"></span>").append(Html.text(name)).append("</th>");
            if (statistics != null) {
                cells(statistics, missing(name)).forEach(cell -> html.append(cell.startsWith("<td") ? cell : "<td>" + cell + "</td>"));
            }
            html.append("</tr>");
        });
        return html.append("</tbody></table>").toString();
    }

    private List<String> cells(FeatureStatistics statistics, double missing) {
        List<String> cells = new ArrayList<>();
        cells.add(Html.count(statistics.count()));
        cells.add((missing >= 0.05 ? "<td class=\"hot\">" : "<td>") + Html.percent(missing) + "</td>");
        switch (statistics) {
            case NumericStatistics numbers when numbers.finite() == 0 -> { }
            case NumericStatistics numbers -> {
                cells.add(Html.text(label(SHORT).apply(numbers.mean())));
                cells.add(isDate() ? Html.number(numbers.deviation() / MILLIS_A_DAY, SHORT) + " d" : Html.number(numbers.deviation(), SHORT));
                for (double rank : new double[] {0, 0.25, 0.5, 0.75, 1}) {
                    cells.add(Html.text(label(SHORT).apply(numbers.quantile(rank))));
                }
                cells.add(Html.percent(Skew.share(numbers.zeros(), numbers.finite())));
                cells.add(numbers.distinct() < 0 ? "many" : Html.count(numbers.distinct()));
            }
            case TextStatistics text -> {
                cells.add(feature.kind() == Kind.BYTES ? "–" : Html.count(text.distinct()));
                cells.add(text.minLength() + " B");
                cells.add(Html.number(text.meanLength()) + " B");
                cells.add(text.maxLength() + " B");
            }
        }
        return cells;
    }

    private String more() {
        boolean counted = train != null && !train.top(1).isEmpty() || evaluation != null && !evaluation.top(1).isEmpty();
        long distinct = Math.max(train == null ? 0 : train.distinct(), evaluation == null ? 0 : evaluation.distinct());
        boolean drawn = feature.kind() == Kind.TEXT ? distinct <= SHOWN : few(train) && few(evaluation);
        return counted && !drawn ? "<details><summary>Most frequent values</summary>" + Charts.values(train, evaluation, ALL) + "</details>" : "";
    }

    /** An integer that is the event time reads as a date. */
    private Function<Double, String> label(int digits) {
        if (!isDate()) {
            return value -> Html.number(value, digits);
        }
        boolean days = train instanceof NumericStatistics numbers && numbers.max() - numbers.min() > 3 * MILLIS_A_DAY;
        return value -> {
            try {
                String time = Instant.ofEpochMilli(Math.round(value)).truncatedTo(ChronoUnit.SECONDS).toString();
                return days ? time.substring(0, time.indexOf('T')) : time;
            } catch (DateTimeException | ArithmeticException outside) {
                return Html.number(value, digits);
            }
        };
    }

    private boolean isDate() {
        return feature.name().equals(schema.time()) && feature.kind() == Kind.INT;
    }

    private double missing(String split) {
        DatasetStatistics rows = splits.get(split);
        FeatureStatistics statistics = rows.features().get(feature.name());
        return statistics == null ? 1 : Skew.share(statistics.missing(), rows.records());
    }

    private @Nullable FeatureStatistics of(String split) {
        DatasetStatistics rows = splits.get(split);
        return rows == null || rows.records() == 0 ? null : rows.features().get(feature.name());
    }
}
