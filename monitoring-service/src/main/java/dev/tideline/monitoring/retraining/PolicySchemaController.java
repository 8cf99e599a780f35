package dev.tideline.monitoring.retraining;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of retraining policies, for editors and validators. */
@RestController
final class PolicySchemaController {

    static final String FILE = "retraining-policy.schema.json";

    @GetMapping(path = "/v1/" + FILE, produces = "application/schema+json")
    Resource schema() {
        return new ClassPathResource(FILE);
    }
}
