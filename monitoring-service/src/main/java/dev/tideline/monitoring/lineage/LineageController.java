package dev.tideline.monitoring.lineage;

import dev.tideline.starter.error.TidelineException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LineageController {

    private final Lineage lineage;

    LineageController(Lineage lineage) {
        this.lineage = lineage;
    }

    @GetMapping("/v1/models/{model}/versions/{version}/lineage")
    Graph version(@PathVariable String model, @PathVariable long version) {
        return graph(model, version);
    }

    /** The same as a page for people. */
    @GetMapping(path = "/v1/models/{model}/versions/{version}/lineage.html", produces = "text/html;charset=UTF-8")
    ResponseEntity<String> page(@PathVariable String model, @PathVariable long version) {
        return ResponseEntity.ok().header("Content-Security-Policy", LineagePage.contentSecurityPolicy()).body(LineagePage.html(graph(model, version)));
    }

    private Graph graph(String model, long version) {
        if (!lineage.knows(model, version)) {
            throw new TidelineException(LineageError.UNKNOWN_ORIGIN,
                    "model: " + model + " version " + version + " (expected: a version whose manifest was in the model store)");
        }
        return lineage.of(model, version);
    }
}
