package dev.tideline.ingest.dataset;

import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares two schemas. A newer schema is compatible when every record of the older one keeps to it, once the defaults of new
 * features are filled in.
 */
final class SchemaDiff {

    private final List<SchemaChange> changes = new ArrayList<>();

    private SchemaDiff() {}

    static List<SchemaChange> of(Schema from, Schema to) {
        SchemaDiff diff = new SchemaDiff();
        diff.compare("/label", from.label(), to.label(), false, "the label stays");
        diff.compare("/key", from.key(), to.key(), false, "the key stays");
        diff.compare("/time", from.time(), to.time(), false, "the event time stays");
        for (FeatureSpec old : from.features()) {
            Optional<FeatureSpec> now = to.feature(old.name());
            now.ifPresentOrElse(feature -> diff.features(old, feature),
                    () -> diff.compare(pointer(old), describe(old), null, false, "features stay"));
        }
        for (FeatureSpec now : to.features()) {
            if (from.feature(now.name()).isEmpty()) {
                diff.compare(pointer(now), null, describe(now), now.defaultValue() != null, "a new feature has a default");
            }
        }
        return List.copyOf(diff.changes);
    }

    private void features(FeatureSpec old, FeatureSpec now) {
        String pointer = pointer(old);
        compare(pointer + "/kind", old.kind().name(), now.kind().name(), false, "the kind stays");
        compare(pointer + "/shape", old.shape().toString(), now.shape().toString(), false, "the shape stays");
        compare(pointer + "/required", Boolean.toString(old.required()), Boolean.toString(now.required()),
                !now.required() && now.defaultValue() != null, "a feature may become optional when it has a default");
        compare(pointer + "/domain", text(old.domain()), text(now.domain()), covers(now.domain(), old.domain()), "a domain grows");
        compare(pointer + "/default", text(old.defaultValue()), text(now.defaultValue()), old.defaultValue() == null,
                "a default stays once it is there");
    }

    private void compare(String pointer, @Nullable String from, @Nullable String to, boolean compatible, String rule) {
        if (!Objects.equals(from, to)) {
            changes.add(new SchemaChange(pointer, from, to, compatible, rule));
        }
    }

    /** Whether every value of {@code old} is in {@code now}. */
    private static boolean covers(@Nullable Domain now, @Nullable Domain old) {
        if (now == null) {
            return true;
        }
        return switch (now) {
            case Domain.Range(Double min, Double max) -> old instanceof Domain.Range(Double oldMin, Double oldMax)
                    && (min == null || (oldMin != null && min <= oldMin)) && (max == null || (oldMax != null && max >= oldMax));
            case Domain.Values(var values) -> old instanceof Domain.Values(var oldValues) && new HashSet<>(values).containsAll(oldValues);
        };
    }

    private static String pointer(FeatureSpec feature) {
        return "/features/" + feature.name().replace("~", "~0").replace("/", "~1");
    }

    private static String describe(FeatureSpec feature) {
        return feature.kind() + (feature.shape().isEmpty() ? "" : " " + feature.shape()) + (feature.required() ? "" : ", optional")
                + (feature.defaultValue() == null ? "" : ", default " + feature.defaultValue());
    }

    /** The whole domain, not the shortened form that messages use. */
    private static @Nullable String text(@Nullable Domain domain) {
        return switch (domain) {
            case null -> null;
            case Domain.Range range -> range.toString();
            case Domain.Values(var values) -> "one of " + String.join(", ", values);
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
