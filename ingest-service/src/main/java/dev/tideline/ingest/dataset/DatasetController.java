package dev.tideline.ingest.dataset;

import dev.tideline.features.SchemaCodec;
import dev.tideline.features.DatasetManifest.SplitRule;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Declares and shows datasets. */
@RestController
@RequestMapping("/v1/datasets")
final class DatasetController {

    record View(
            String name, String topic, int partitions, SplitRule split, String schemaFingerprint, JsonNode schema,
            RecordCounts.Counts records) {}

    record Views(List<View> datasets) {}

    private final DeclareDataset declare;
    private final JdbcDatasets datasets;
    private final Catalogue catalogue;
    private final RecordCounts counts;

    DatasetController(DeclareDataset declare, JdbcDatasets datasets, Catalogue catalogue, RecordCounts counts) {
        this.declare = declare;
        this.datasets = datasets;
        this.catalogue = catalogue;
        this.counts = counts;
    }

    @PutMapping("/{name}")
    ResponseEntity<View> declare(@PathVariable String name, @RequestBody JsonNode body) {
        DeclareDataset.Declared declared = declare.declare(Declaration.read(name, body));
        return ResponseEntity.status(declared.created() ? HttpStatus.CREATED : HttpStatus.OK).body(view(declared.dataset()));
    }

    @GetMapping
    Views list() {
        return new Views(datasets.all().stream().map(this::view).toList());
    }

    @GetMapping("/{name}")
    View show(@PathVariable String name) {
        return view(catalogue.get(name));
    }

    private View view(Dataset dataset) {
        return new View(dataset.name(), dataset.topic(), dataset.partitions(), dataset.split(), dataset.schema().fingerprint(),
                SchemaCodec.write(dataset.schema()), counts.of(dataset.name()));
    }
}
