package dev.tideline.monitoring.outcome;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
final class OutcomeController {

    private final OutcomeIntake intake;

    OutcomeController(OutcomeIntake intake) {
        this.intake = intake;
    }

    record Accepted(int accepted) {}

    /** One outcome or an array of them; 202 once Kafka has all of them. */
    @PostMapping("/v1/outcomes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted accept(@RequestBody JsonNode body) {
        return new Accepted(intake.accept(body));
    }
}
