package dev.tideline.training.model;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of model definitions, for editors and validators. */
@RestController
final class DefinitionSchemaController {

    static final String FILE = "model-definition.schema.json";

    @GetMapping(path = "/v1/" + FILE, produces = "application/schema+json")
    Resource schema() {
        return new ClassPathResource(FILE);
    }
}
