package dev.tideline.ingest.dataset;

import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.starter.error.TidelineException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Shows the versions of a dataset's schema and what changed between them. */
@RestController
final class SchemaController {

    record View(int version, String fingerprint, JsonNode schema) {}

    record Views(List<View> schemas) {}

    record Diff(int from, int to, boolean compatible, List<SchemaChange> changes) {}

    private final JdbcDatasets datasets;
    private final Catalogue catalogue;

    SchemaController(JdbcDatasets datasets, Catalogue catalogue) {
        this.datasets = datasets;
        this.catalogue = catalogue;
    }

    @GetMapping("/v1/datasets/{name}/schemas")
    Views list(@PathVariable String name) {
        return new Views(datasets.schemas(catalogue.get(name).name()).stream().map(SchemaController::view).toList());
    }

    @GetMapping("/v1/datasets/{name}/schemas/{version}")
    View show(@PathVariable String name, @PathVariable int version) {
        return view(find(name, version));
    }

    @GetMapping("/v1/datasets/{name}/schemas:diff")
    Diff diff(@PathVariable String name, @RequestParam int from, @RequestParam int to) {
        List<SchemaChange> changes = SchemaDiff.of(find(name, from), find(name, to));
        return new Diff(from, to, changes.stream().allMatch(SchemaChange::compatible), changes);
    }

    private Schema find(String name, int version) {
        return datasets.schemas(catalogue.get(name).name()).stream().filter(schema -> schema.version() == version).findFirst()
                .orElseThrow(() -> new TidelineException(DatasetError.UNKNOWN_SCHEMA, "schema: version " + version + " of dataset " + name
                        + " (expected: one of GET /v1/datasets/" + name + "/schemas)"));
    }

    private static View view(Schema schema) {
        return new View(schema.version(), schema.fingerprint(), SchemaCodec.write(schema));
    }
}
