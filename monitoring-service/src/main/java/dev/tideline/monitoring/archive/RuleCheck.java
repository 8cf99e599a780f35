package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether rows that were redacted by a rule still satisfy their schema. Pure. */
final class RuleCheck {

    private RuleCheck() {}

    static List<Problem> problems(ArchiveRule rule, Schema schema) {
        List<Problem> problems = new ArrayList<>();
        rule.redact().forEach((name, redaction) -> {
            if (!name.startsWith(RecordHeaders.OUTPUT_PREFIX)) {
                expected(name, redaction, schema).ifPresent(expected -> problems.add(
                        new Problem("NOT_REDACTABLE", "/redact/" + name.replace("~", "~0").replace("/", "~1"), redaction.name(), expected)));
            }
        });
        return problems;
    }

    /** Empty when the feature may be redacted like that. */
    private static Optional<String> expected(String name, ArchiveRule.Redaction redaction, Schema schema) {
        Optional<FeatureSpec> feature = schema.feature(name);
        if (feature.isEmpty()) {
            return Optional.of("a feature of the dataset");
        }
        if (name.equals(schema.label())) {
            return Optional.of("a feature other than the label, without which a row teaches nothing");
        }
        return switch (redaction) {
            case HASH -> feature.get().kind() == Kind.TEXT || feature.get().kind() == Kind.BYTES ? Optional.empty()
                    : Optional.of("DROP for a feature of kind " + feature.get().kind());
            case DROP -> canBeAbsent(feature.get(), schema) ? Optional.empty()
                    : Optional.of("a feature that is optional or has a default, or HASH");
        };
    }

    /** Key and time are made from the prediction's own when absent. */
    private static boolean canBeAbsent(FeatureSpec feature, Schema schema) {
        return !feature.required() || feature.defaultValue() != null || feature.name().equals(schema.key()) || feature.name().equals(schema.time());
    }
}
