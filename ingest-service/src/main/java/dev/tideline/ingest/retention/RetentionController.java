package dev.tideline.ingest.retention;

import dev.tideline.ingest.dataset.Catalogue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sets and shows a dataset's retention policy. */
@RestController
@RequestMapping("/v1/datasets/{name}/retention")
final class RetentionController {

    private final Catalogue catalogue;
    private final JdbcRetention retention;

    RetentionController(Catalogue catalogue, JdbcRetention retention) {
        this.catalogue = catalogue;
        this.retention = retention;
    }

    @PutMapping
    RetentionPolicy set(@PathVariable String name, @RequestBody JsonNode body) {
        String dataset = catalogue.get(name).name();
        retention.set(dataset, RetentionPolicy.read(body));
        return retention.get(dataset);
    }

    @GetMapping
    RetentionPolicy get(@PathVariable String name) {
        return retention.get(catalogue.get(name).name());
    }
}
