package dev.tideline.monitoring.deployment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class DeploymentController {

    private final Deployments deployments;

    DeploymentController(Deployments deployments) {
        this.deployments = deployments;
    }

    /** @param versions those that answered; several when instances differed, none when nothing was live */
    record Served(String model, Instant at, List<Deployments.Answering> versions) {}

    /** Which version served at {@code at}, and why. */
    @GetMapping(path = "/v1/models/{model}/deployments", params = "at")
    Served at(@PathVariable String model, @RequestParam Instant at) {
        return new Served(model, at, deployments.at(model, deployments.checked(at)));
    }

    /** Which version served from when to when. */
    @GetMapping("/v1/models/{model}/deployments")
    Deployments.History history(@PathVariable String model, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return deployments.history(model, limit);
    }
}
