package dev.tideline.ingest.report;

import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Histogram;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Scale;
import dev.tideline.features.ValueCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Small drawings in SVG: the training split filled, the evaluation split as a line over it. */
final class Charts {

    private static final int BINS = 30;
    private static final double WIDTH = 300;
    private static final double HEIGHT = 62;
    private static final double BOX = 18;
    private static final int LABEL = 40;

    private Charts() {}

    /** Both splits' distributions over one scale, and below it boxes from the 1 % to the 99 % quantile. */
    static String distribution(String name, @Nullable NumericStatistics train, @Nullable NumericStatistics evaluation, Function<Double, String> label) {
        List<NumericStatistics> splits = Stream.of(train, evaluation).filter(split -> split != null && split.finite() > 0).toList();
        if (splits.isEmpty()) {
            return "<p class=\"none\">no finite value</p>";
        }
        double min = splits.stream().mapToDouble(NumericStatistics::min).min().orElseThrow();
        double max = splits.stream().mapToDouble(NumericStatistics::max).max().orElseThrow();
        if (min == max) {
            return "<p class=\"none\">always " + Html.text(label.apply(min)) + "</p>";
        }
        Scale scale = Scale.of(splits, BINS);
        double[] filled = shares(train, scale);
        double[] line = shares(evaluation, scale);
        double most = Stream.of(filled, line).flatMapToDouble(Arrays::stream).max().orElse(1);
        return "<svg class=\"plot\" viewBox=\"0 0 300 62\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Histogram of %s from %s to %s\">".formatted(
                Html.text(name), Html.text(label.apply(min)), Html.text(label.apply(max)))
                + "<line class=\"base\" x1=\"0\" y1=\"62\" x2=\"300\" y2=\"62\"/>"
                + (filled.length == 0 ? "" : "<path class=\"t\" d=\"" + steps(filled, most) + "Z\"/><path class=\"tl\" d=\"" + steps(filled, most) + "\"/>")
                + (line.length == 0 ? "" : "<path class=\"el\" d=\"" + steps(line, most) + "\"/>") + "</svg>"
                + "<svg class=\"boxes\" viewBox=\"0 0 300 18\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                + box(train, scale, 0, "t", "tl") + box(evaluation, scale, 10, "", "el") + "</svg>"
                + "<div class=\"scale\"><span>" + Html.text(label.apply(min)) + "</span><span>" + Html.text(label.apply(max)) + "</span></div>";
    }

    private static double[] shares(@Nullable NumericStatistics split, Scale scale) {
        if (split == null || split.finite() == 0) {
            return new double[0];
        }
        return Histogram.of(split, scale).counts().stream().mapToDouble(count -> (double) count / split.finite()).toArray();
    }

    private static String steps(double[] shares, double most) {
        StringBuilder path = new StringBuilder("M0 62");
        for (int i = 0; i < shares.length; i++) {
            path.append('V').append(Html.at(HEIGHT - (HEIGHT - 2) * shares[i] / most)).append('H').append(Html.at(WIDTH * (i + 1) / shares.length));
        }
        return path.append("V62").toString();
    }

    private static String box(@Nullable NumericStatistics split, Scale scale, double y, String fill, String line) {
        if (split == null || split.finite() == 0) {
            return "";
        }
        double half = scale.from() / 2;
        double[] x = Stream.of(0.01, 0.25, 0.5, 0.75, 0.99)
                .mapToDouble(rank -> WIDTH * (split.quantile(rank) / 2 - half) / (scale.to() / 2 - half)).toArray();
        String box = "M%s %sH%sV%sH%sZ".formatted(Html.at(x[1]), Html.at(y), Html.at(x[3]), Html.at(y + BOX / 2 - 1), Html.at(x[1]));
        String middle = Html.at(y + BOX / 4 - 0.5);
        return (fill.isEmpty() ? "" : "<path class=\"" + fill + "\" d=\"" + box + "\"/>") + "<path class=\"" + line + "\" d=\"" + box
                + "M%s %sH%sM%s %sH%sM%s %sV%s".formatted(Html.at(x[0]), middle, Html.at(x[1]), Html.at(x[3]), middle, Html.at(x[4]),
                        Html.at(x[2]), Html.at(y), Html.at(y + BOX / 2 - 1)) + "\"/>";
    }

    /** Bars of the most frequent values: training above, evaluation below. */
    static String values(@Nullable FeatureStatistics train, @Nullable FeatureStatistics evaluation, int limit) {
        List<FeatureStatistics> splits = new ArrayList<>();
        Stream.of(train, evaluation).filter(split -> split != null && split.count() > 0).forEach(splits::add);
        if (splits.isEmpty()) {
            return "<p class=\"none\">no value</p>";
        }
        Map<String, Long> left = counts(train);
        Map<String, Long> right = counts(evaluation);
        Set<String> shown = new LinkedHashSet<>();
        splits.forEach(split -> split.top(limit).forEach(value -> shown.add(value.value())));
        List<String> rows = shown.stream().limit(limit).toList();
        double most = rows.stream().mapToDouble(value -> Math.max(share(left.get(value), train), share(right.get(value), evaluation))).max().orElse(1);
        StringBuilder html = new StringBuilder("<div class=\"values\">");
        rows.forEach(value -> {
            double a = share(left.get(value), train);
            double b = share(right.get(value), evaluation);
            html.append("<span title=\"").append(Html.text(value)).append("\">").append(value.isEmpty() ? "<i>empty</i>" : Html.text(Html.shortened(value, LABEL)))
                    .append("</span><svg viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                    .append(Html.percent(a)).append(" of train, ").append(Html.percent(b)).append(" of evaluation\">")
                    .append("<rect class=\"t\" width=\"").append(Html.at(100 * a / most)).append("\" height=\"8\"/><rect class=\"e\" y=\"9\" width=\"")
                    .append(Html.at(100 * b / most)).append("\" height=\"3\"/></svg><span class=\"n\">").append(Html.percent(train == null || train.count() == 0 ? b : a))
                    .append("</span>");
        });
        return html.append("</div>").toString();
    }

    private static Map<String, Long> counts(@Nullable FeatureStatistics split) {
        return split == null ? Map.of() : split.top(Integer.MAX_VALUE).stream().collect(Collectors.toMap(ValueCount::value, ValueCount::count, Math::max));
    }

    private static double share(@Nullable Long count, @Nullable FeatureStatistics split) {
        return count == null || split == null ? 0 : Math.min(1, Skew.share(count, split.count()));
    }
}
