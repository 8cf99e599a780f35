package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.features.InvalidSchemaException;
import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.starter.error.TidelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A dataset as somebody asks for it: {@code {"schema":{…},"split":{"by":"TIME","evaluation":0.2}}}, split optional. */
record Declaration(String name, Schema schema, SplitRule split) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final String NAME_RULE = "a lower-case letter, then up to 63 of a-z, 0-9, '-' and '_'";
    private static final SplitRule DEFAULT_SPLIT = new SplitRule(SplitRule.By.TIME, 0.2);

    /** Reads a declaration, or fails with everything that is wrong with it. */
    static Declaration read(String name, JsonNode body) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(new Problem("INVALID_NAME", "", name, NAME_RULE));
        }
        DeclarationFields.known(body, problems);
        Schema schema = schema(body.path("schema"), problems);
        SplitRule split = split(body.path("split"), problems);
        if (split != null && schema != null && split.by() == SplitRule.By.KEY && schema.key() == null) {
            problems.add(new Problem("INVALID_SPLIT", "/split/by", "KEY", "a schema that names a key feature"));
        }
        if (schema == null || split == null || !problems.isEmpty()) {
            throw new TidelineException(DatasetError.INVALID_DATASET, "dataset: " + name + " (expected: a valid declaration)", problems);
        }
        return new Declaration(name, schema, split);
    }

    private static @Nullable Schema schema(JsonNode node, List<Problem> problems) {
        if (!node.isObject()) {
            problems.add(new Problem("INVALID_SCHEMA", "/schema", text(node), "an object with \"version\" and \"features\""));
            return null;
        }
        try {
            Schema schema = SchemaCodec.read(node);
            DeclarationFields.defaults(schema, problems);
            return schema;
        } catch (InvalidSchemaException invalid) {
            invalid.problems().forEach(p -> problems.add(new Problem(p.code(), "/schema" + p.pointer(), p.value(), p.expected())));
            return null;
        }
    }

    private static @Nullable SplitRule split(JsonNode node, List<Problem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return DEFAULT_SPLIT;
        }
        int before = problems.size();
        String by = node.path("by").asString("").toUpperCase(Locale.ROOT);
        if (!by.equals("TIME") && !by.equals("KEY")) {
            problems.add(new Problem("INVALID_SPLIT", "/split/by", text(node.path("by")), "TIME or KEY"));
        }
        JsonNode share = node.path("evaluation");
        if (!share.isNumber() || share.doubleValue() < 0 || share.doubleValue() >= 1) {
            problems.add(new Problem("INVALID_SPLIT", "/split/evaluation", text(share), "a number from 0 to below 1"));
        }
        return problems.size() > before ? null : new SplitRule(SplitRule.By.valueOf(by), share.doubleValue());
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.toString();
    }
}
