package dev.tideline.monitoring.prediction;

import dev.tideline.monitoring.lineage.Graph;
import dev.tideline.monitoring.lineage.LineagePage;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class PredictionController {

    private final Predictions predictions;
    private final PredictionLineage lineage;

    PredictionController(Predictions predictions, PredictionLineage lineage) {
        this.predictions = predictions;
        this.lineage = lineage;
    }

    @GetMapping("/v1/predictions/{id}")
    ExplainedPrediction explain(@PathVariable String id) {
        return predictions.explain(id);
    }

    /** The same for an id that a path cannot carry. */
    @GetMapping(path = "/v1/predictions", params = "id")
    ExplainedPrediction explainAny(@RequestParam String id) {
        return predictions.explain(id);
    }

    /** From the prediction back to the offsets of the records that its model was trained on. */
    @GetMapping("/v1/predictions/{id}/lineage")
    Graph lineage(@PathVariable String id) {
        return lineage.of(id);
    }

    /** The same as a page for people. */
    @GetMapping(path = "/v1/predictions/{id}/lineage.html", produces = "text/html;charset=UTF-8")
    ResponseEntity<String> page(@PathVariable String id) {
        return ResponseEntity.ok().header("Content-Security-Policy", LineagePage.contentSecurityPolicy()).body(LineagePage.html(lineage.of(id)));
    }
}
