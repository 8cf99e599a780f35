package dev.tideline.ingest.version;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.TextStatistics;
import dev.tideline.features.ValueCount;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** Draws the statistics of a dataset version as one HTML page without scripts or outside parts. */
final class StatisticsPage {

    private static final int BINS = 24;
    private static final int TOP = 10;
    private static final int WIDTH = 288;
    private static final int HEIGHT = 72;
    private static final int ROW = 18;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1b2733;background:#fff}
            table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.5rem .75rem;border-top:1px solid #d7dee5}
            svg{display:block}rect{fill:#2f6f9f}text{font-size:11px;fill:#1b2733}small{color:#5b6b7a}
            @media(prefers-color-scheme:dark){body{color:#e4eaf0;background:#12181f}td,th{border-color:#2c3742}text{fill:#e4eaf0}}
            """;

    private StatisticsPage() {}

    static String of(DatasetManifest manifest) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        page.append(escape(manifest.dataset())).append(" version ").append(manifest.version()).append("</title><style>").append(STYLE)
                .append("</style></head><body><h1>").append(escape(manifest.dataset())).append(" version ").append(manifest.version())
                .append("</h1><p>").append(manifest.records()).append(" records, sealed ").append(manifest.sealedAt())
                .append("<br><small>content ").append(escape(manifest.contentHash())).append("</small></p><table><tr><th>feature</th>");
        manifest.splits().forEach((name, split) -> page.append("<th>").append(escape(name)).append("<br><small>").append(split.records())
                .append(" records</small></th>"));
        page.append("</tr>\n");
        manifest.schema().features().forEach(feature -> {
            page.append("<tr><th>").append(escape(feature.name())).append("<br><small>").append(feature.kind()).append("</small></th>");
            manifest.splits().values().forEach(split ->
                    page.append("<td>").append(cell(split.statistics().features().get(feature.name()))).append("</td>"));
            page.append("</tr>\n");
        });
        return page.append("</table></body></html>\n").toString();
    }

    private static String cell(@Nullable FeatureStatistics statistics) {
        return switch (statistics) {
            case null -> "<small>no records</small>";
            case NumericStatistics numeric when numeric.finite() == 0 -> counts(numeric);
            case NumericStatistics numeric -> histogram(numeric) + counts(numeric) + "<br><small>mean " + number(numeric.mean())
                    + ", deviation " + number(numeric.deviation()) + ", median " + number(numeric.quantile(0.5)) + ", 1 % "
                    + number(numeric.quantile(0.01)) + ", 99 % " + number(numeric.quantile(0.99)) + ", " + numeric.zeros() + " zeros, "
                    + numeric.nonFinite() + " not finite</small>";
            case TextStatistics text -> bars(text.top(TOP)) + counts(text) + "<br><small>about " + text.distinct()
                    + " distinct, length " + text.minLength() + " to " + text.maxLength() + ", mean " + number(text.meanLength()) + "</small>";
        };
    }

    private static String counts(FeatureStatistics statistics) {
        return "<small>" + statistics.count() + " values, " + statistics.missing() + " missing</small>";
    }

    private static String histogram(NumericStatistics numeric) {
        double min = numeric.min();
        double width = (numeric.max() - min) / BINS;
        if (!(width > 0) || !Double.isFinite(width)) {
            return "<small>always " + number(min) + "</small><br>";
        }
        double[] shares = new double[BINS];
        double most = 0;
        for (int i = 0; i < BINS; i++) {
            double below = i == 0 ? 0 : numeric.shareBelow(min + i * width);
            double upTo = i == BINS - 1 ? 1 : numeric.shareBelow(min + (i + 1) * width);
            shares[i] = Math.max(0, upTo - below);
            most = Math.max(most, shares[i]);
        }
        StringBuilder svg = new StringBuilder("<svg role=\"img\" aria-label=\"histogram from %s to %s\" width=\"%d\" height=\"%d\">"
                .formatted(number(min), number(numeric.max()), WIDTH, HEIGHT + ROW));
        int bar = WIDTH / BINS;
        for (int i = 0; i < BINS; i++) {
            long height = Math.round(HEIGHT * shares[i] / most);
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>".formatted(i * bar, HEIGHT - height, bar - 1, height));
        }
        return svg.append("<text x=\"0\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text></svg>"
                .formatted(HEIGHT + ROW - 4, number(min), WIDTH, HEIGHT + ROW - 4, number(numeric.max()))).toString();
    }

    private static String bars(List<ValueCount> values) {
        if (values.isEmpty()) {
            return "";
        }
        long most = values.getFirst().count();
        StringBuilder svg = new StringBuilder("<svg role=\"img\" aria-label=\"most frequent values\" width=\"%d\" height=\"%d\">"
                .formatted(WIDTH, values.size() * ROW));
        for (int i = 0; i < values.size(); i++) {
            ValueCount value = values.get(i);
            svg.append("<rect x=\"150\" y=\"%d\" width=\"%d\" height=\"%d\"/><text x=\"145\" y=\"%d\" text-anchor=\"end\">%s %d</text>".formatted(
                    i * ROW + 2, Math.max(1, (WIDTH - 150) * value.count() / most), ROW - 4, i * ROW + ROW - 5, escape(shortened(value.value())), value.count()));
        }
        return svg.append("</svg>").toString();
    }

    private static String shortened(String value) {
        return value.length() > 16 ? value.substring(0, 15) + "…" : value;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
