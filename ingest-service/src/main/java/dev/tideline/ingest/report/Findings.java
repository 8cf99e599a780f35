package dev.tideline.ingest.report;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.Kind;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.TextStatistics;
import dev.tideline.features.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Looks at a feature's statistics for what breaks the schema, for what a model cannot learn from, and for splits that differ. */
final class Findings {

    private static final double MANY_MISSING = 0.5;
    private static final double SKEWED = 0.15;
    private static final double MISSING_SKEWED = 0.05;
    private static final double IDENTIFIER = 0.95;
    private static final int VALUES = 200;
    private static final int NAMED = 3;

    private Findings() {}

    /** @param splits statistics by split name; {@code skew} is {@link Skew#of} */
    static List<Finding> of(FeatureSpec feature, boolean key, SortedMap<String, DatasetStatistics> splits, double skew) {
        List<Finding> findings = new ArrayList<>();
        splits.forEach((name, rows) -> {
            FeatureStatistics statistics = rows.features().get(feature.name());
            if (statistics != null && rows.records() > 0) {
                of(feature, name, rows, statistics, findings);
            }
        });
        DatasetStatistics train = splits.get(DatasetManifest.TRAIN);
        if (train != null && train.records() > 1 && train.features().get(feature.name()) != null) {
            whole(feature, key, train.features().get(feature.name()), findings);
        }
        if (skew >= SKEWED) {
            findings.add(Finding.warning("train and evaluation differ, " + (feature.kind() == Kind.TEXT ? "a value's share by " : "D = ")
                    + Html.number(skew, 2)));
        }
        missingSkew(feature, splits, findings);
        return findings;
    }

    private static void of(FeatureSpec feature, String split, DatasetStatistics rows, FeatureStatistics statistics, List<Finding> findings) {
        double missing = Skew.share(statistics.missing(), rows.records());
        if (statistics.missing() > 0 && feature.required()) {
            findings.add(Finding.warning("required, but missing in " + Html.count(statistics.missing()) + " rows of " + split));
        } else if (missing >= MANY_MISSING) {
            findings.add(Finding.warning("missing in " + Math.round(100 * missing) + " % of " + split));
        }
        if (statistics instanceof NumericStatistics numbers) {
            numbers(feature, split, numbers, findings);
        }
        values(feature, split, statistics, findings);
    }

    private static void numbers(FeatureSpec feature, String split, NumericStatistics numbers, List<Finding> findings) {
        if (numbers.nonFinite() > 0) {
            findings.add(Finding.warning(numbers.nonFinite() == 1 ? "1 value of " + split + " is NaN or infinite"
                    : Html.count(numbers.nonFinite()) + " values of " + split + " are NaN or infinite"));
        }
        if (feature.domain() instanceof Domain.Range(Double min, Double max) && numbers.finite() > 0) {
            if (min != null && numbers.min() < min) {
                findings.add(Finding.warning("smallest value of " + split + " is " + Html.number(numbers.min()) + ", below the domain's " + Html.number(min)));
            }
            if (max != null && numbers.max() > max) {
                findings.add(Finding.warning("largest value of " + split + " is " + Html.number(numbers.max()) + ", above the domain's " + Html.number(max)));
            }
        }
    }

    private static void values(FeatureSpec feature, String split, FeatureStatistics statistics, List<Finding> findings) {
        if (!(feature.domain() instanceof Domain.Values(List<String> allowed))) {
            return;
        }
        List<String> strange = statistics.top(VALUES).stream().map(ValueCount::value).filter(value -> !allowed.contains(value)).toList();
        if (!strange.isEmpty()) {
            findings.add(Finding.warning("outside the domain in " + split + ": " + strange.stream().limit(NAMED)
                    .map(value -> Html.shortened(value, 24)).collect(Collectors.joining(", "))
                    + (strange.size() > NAMED ? " and " + (strange.size() - NAMED) + " more" : "")));
        }
    }

    private static void whole(FeatureSpec feature, boolean key, FeatureStatistics train, List<Finding> findings) {
        boolean constant = switch (train) {
            case NumericStatistics numbers -> numbers.finite() > 1 && numbers.min() == numbers.max();
            case TextStatistics text -> text.count() > 1 && text.distinct() == 1;
        };
        if (constant) {
            findings.add(Finding.note("always the same value"));
        }
        if (train.count() == 0) {
            findings.add(Finding.note("no value at all"));
        }
        if (train instanceof TextStatistics text && !key && text.count() >= Skew.FEWEST && text.distinct() > IDENTIFIER * text.count()) {
            findings.add(Finding.note("nearly every value is another one: an identifier or free text"));
        }
    }

    private static void missingSkew(FeatureSpec feature, SortedMap<String, DatasetStatistics> splits, List<Finding> findings) {
        DatasetStatistics train = splits.get(DatasetManifest.TRAIN);
        DatasetStatistics evaluation = splits.get(DatasetManifest.EVALUATION);
        if (train == null || evaluation == null) {
            return;
        }
        FeatureStatistics a = train.features().get(feature.name());
        FeatureStatistics b = evaluation.features().get(feature.name());
        if (a != null && b != null && Skew.ofMissing(a, train, b, evaluation) >= MISSING_SKEWED) {
            findings.add(Finding.warning("missing in " + Html.number(100 * Skew.share(a.missing(), train.records())) + " % of train, "
                    + Html.number(100 * Skew.share(b.missing(), evaluation.records())) + " % of evaluation"));
        }
    }
}
