package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of a declaration at the door, and not of one that is stored: a misspelt {@code requird} must not pass for its default, but
 * what a newer version wrote may have fields that this one does not know.
 */
final class DeclarationFields {

    private static final Set<String> DECLARATION = Set.of("schema", "split");
    private static final Set<String> SPLIT = Set.of("by", "evaluation");
    private static final Set<String> SCHEMA = Set.of("version", "features", "label", "key", "time");
    private static final Set<String> FEATURE = Set.of("name", "kind", "shape", "required", "domain", "default");
    private static final Set<String> DOMAIN = Set.of("min", "max", "values");

    private DeclarationFields() {}

    /** Adds a problem for each field that has no meaning. */
    static void known(JsonNode body, List<Problem> problems) {
        known(body, "", DECLARATION, problems);
        known(body.path("split"), "/split", SPLIT, problems);
        known(body.path("schema"), "/schema", SCHEMA, problems);
        JsonNode features = body.path("schema").path("features");
        for (int i = 0; i < features.size(); i++) {
            String pointer = "/schema/features/" + i;
            known(features.path(i), pointer, FEATURE, problems);
            known(features.path(i).path("domain"), pointer + "/domain", DOMAIN, problems);
        }
    }

    private static void known(JsonNode object, String pointer, Set<String> fields, List<Problem> problems) {
        for (String name : object.propertyNames()) {
            if (!fields.contains(name)) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                problems.add(new Problem("UNKNOWN_FIELD", pointer + "/" + escaped, object.path(name).toString(),
                        "one of " + String.join(", ", fields.stream().sorted().toList())));
            }
        }
    }

    /** Adds a problem for each default that the feature's own domain would refuse. */
    static void defaults(Schema schema, List<Problem> problems) {
        for (int i = 0; i < schema.features().size(); i++) {
            FeatureSpec feature = schema.features().get(i);
            if (feature.defaultValue() != null && !allows(feature.domain(), feature.defaultValue())) {
                problems.add(new Problem("OUT_OF_DOMAIN", "/schema/features/" + i + "/default", feature.defaultValue().toString(),
                        String.valueOf(feature.domain())));
            }
        }
    }

    private static boolean allows(@Nullable Domain domain, Object value) {
        return switch (domain) {
            case null -> true;
            case Domain.Range range -> value instanceof Number number && range.contains(number.doubleValue());
            case Domain.Values(var values) -> values.contains(value.toString());
        };
    }
}
