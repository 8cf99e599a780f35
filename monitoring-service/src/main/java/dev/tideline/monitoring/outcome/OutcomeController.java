package dev.tideline.monitoring.outcome;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
final class OutcomeController {

    private final OutcomeIntake intake;
    private final JdbcLabels labels;

    OutcomeController(OutcomeIntake intake, JdbcLabels labels) {
        this.intake = intake;
        this.labels = labels;
    }

    record Accepted(int accepted) {}

    /** One outcome or an array of them; 202 once Kafka has all of them. */
    @PostMapping("/v1/outcomes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted accept(@RequestBody JsonNode body) {
        return new Accepted(intake.accept(body));
    }

    record Quality(String model, String slice, List<Accuracy> windows) {}

    /**
     * Windows of labels of all versions, newest first.
     *
     * @param slice {@code feature=value}; without it the windows of all labels
     */
    @GetMapping("/v1/models/{model}/quality")
    Quality quality(@PathVariable String model, @RequestParam(defaultValue = "") String slice,
            @RequestParam(defaultValue = "20") @Min(1) @Max(1000) int limit) {
        return new Quality(model, slice, labels.newest(model, slice, limit));
    }
}
