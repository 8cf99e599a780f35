package dev.tideline.training.model;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema, as an editor would use it. */
final class DefinitionSchema {

    static final JsonNode NODE = load();
    private static final Schema SCHEMA =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(NODE.toString(), InputFormat.JSON);

    private DefinitionSchema() {}

    /** What the schema objects to; empty when nothing. */
    static List<String> objections(JsonNode definition) {
        return SCHEMA.validate(definition.toString(), InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private static JsonNode load() {
        try (var in = DefinitionSchema.class.getResourceAsStream("/" + DefinitionSchemaController.FILE)) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
