package dev.tideline.ingest.report;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws a dataset version's statistics as one page that needs nothing else, and says what a browser has to allow for it. */
public final class StatisticsReport {

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final int SHORT = 12;

    private StatisticsReport() {}

    /** The page's own style and script, by their hashes, and nothing else. */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public static String html(DatasetManifest manifest) {
        List<FeatureRow> rows = manifest.schema().features().stream().map(feature -> new FeatureRow(manifest, feature)).toList();
        String title = Html.text(manifest.dataset()) + " version " + manifest.version();
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").append(title)
                .append(" statistics</title><style>").append(STYLE).append("</style></head>\n<body><header class=\"top\"><h1>")
                .append(Html.text(manifest.dataset())).append(" <small>version ").append(manifest.version()).append("</small></h1><p class=\"soft\">Sealed ")
                .append(manifest.sealedAt().truncatedTo(ChronoUnit.SECONDS)).append(" over ").append(window(manifest.window())).append("</p>\n")
                .append(tiles(manifest, rows)).append("</header>\n<main>").append(tools(rows.size())).append("<ul class=\"features\">\n");
        IntStream.range(0, rows.size()).forEach(place -> page.append(rows.get(place).html(place)));
        return page.append("</ul></main>\n<footer>").append(FOOT).append("</footer><script>").append(SCRIPT).append("</script></body></html>\n").toString();
    }

    private static final String FOOT = """
            Quantiles and histograms come from a sketch with a rank error of about 0.7 %; mean, deviation and extremes are exact. Distinct values \
            are exact while few, then within about 1.6 %. Boxes reach from the 25 % to the 75 % quantile, lines from 1 % to 99 %. \
            D is the largest difference between the two splits' distributions (Kolmogorov and Smirnov).""";

    private static String tiles(DatasetManifest manifest, List<FeatureRow> rows) {
        long evaluation = records(manifest, DatasetManifest.EVALUATION);
        long train = records(manifest, DatasetManifest.TRAIN);
        long warned = rows.stream().filter(FeatureRow::warned).count();
        double share = Skew.share(train, train + evaluation);
        return "<dl class=\"tiles\"><div><dt>Rows</dt><dd>" + Html.count(manifest.records())
                + "<svg class=\"share\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + Html.percent(share)
                + " train\"><rect class=\"t\" width=\"" + Html.at(100 * share) + "\" height=\"8\"/><rect class=\"e\" x=\"" + Html.at(100 * share) + "\" width=\""
                + Html.at(100 - 100 * share) + "\" height=\"8\"/></svg><small><span class=\"nowrap\"><span class=\"key train\"></span>" + Html.count(train)
                + " train</span> <span class=\"nowrap\"><span class=\"key evaluation\"></span>" + Html.count(evaluation) + " evaluation</span></small></dd></div>"
                + "<div><dt>Features</dt><dd>" + rows.size() + "<small>" + (warned == 0 ? "nothing found" : warned == 1 ? "1 with a warning" : warned + " with warnings")
                + "</small></dd></div><div><dt>Split</dt><dd>by " + manifest.split().by().name().toLowerCase(Locale.ROOT) + "<small>"
                + Html.percent(manifest.split().evaluation()) + " for evaluation</small></dd></div>"
                + "<div><dt>Content</dt><dd>" + shortHash(manifest.contentHash()) + "<small>SHA-256; equal content, equal hash</small></dd></div>"
                + "<div><dt>Schema</dt><dd>version " + manifest.schema().version() + "<small>" + shortHash(manifest.schema().fingerprint()) + "</small></dd></div></dl>";
    }

    private static String tools(int features) {
        return """
                <form class="tools" hidden role="search" aria-label="Features">
                <input id="search" type="search" placeholder="Find a feature ( / )" aria-label="Find a feature by name" autocomplete="off">
                <select id="kind" aria-label="Kind"><option value="">all kinds</option><option>FLOAT</option><option>INT</option>\
                <option>TEXT</option><option>BYTES</option></select>
                <select id="order" aria-label="Order"><option value="schema">as in the schema</option><option value="findings">warnings first</option>\
                <option value="skew">largest difference of splits first</option><option value="missing">most missing first</option>\
                <option value="name">by name</option></select>
                <label><input id="only" type="checkbox"> only warnings</label>
                <output id="count" aria-live="polite">%d features</output></form>
                """.formatted(features);
    }

    private static String window(DataWindow window) {
        return switch (window) {
            case DataWindow.All() -> "all records";
            case DataWindow.Last(long records) -> "the last " + Html.count(records) + " records";
            case DataWindow.Since(var time) -> "records since " + time;
        };
    }

    private static long records(DatasetManifest manifest, String split) {
        DatasetManifest.Split found = manifest.splits().get(split);
        return found == null ? 0 : found.records();
    }

    private static String shortHash(String hash) {
        return "<code title=\"" + Html.text(hash) + "\">" + Html.text(hash.substring(0, Math.min(SHORT, hash.length()))) + "…</code>";
    }

    private static String hash(String content) {
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = StatisticsReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar (expected: beside " + StatisticsReport.class.getName() + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
