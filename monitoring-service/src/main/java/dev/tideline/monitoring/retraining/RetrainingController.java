package dev.tideline.monitoring.retraining;

import dev.tideline.starter.error.TidelineException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
final class RetrainingController {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");

    private final Loops loops;
    private final PolicyReader policies;

    RetrainingController(Loops loops, PolicyReader policies) {
        this.loops = loops;
        this.policies = policies;
    }

    record Retrain(@Nullable String reason) {}

    record Person(@Nullable String by, @Nullable String reason) {}

    record Requested(String model, Phase phase, @Nullable String request, String nextStep) {}

    @GetMapping("/v1/models/{model}/policy")
    RetrainingPolicy policy(@PathVariable String model) {
        return loops.policy(checked(model));
    }

    /** Replaces the policy; parts left out take their defaults. May be set before the model exists. */
    @PutMapping("/v1/models/{model}/policy")
    RetrainingPolicy replace(@PathVariable String model, @RequestBody JsonNode policy) {
        RetrainingPolicy read = policies.read(policy);
        loops.replacePolicy(checked(model), read);
        return read;
    }

    /** Asks for training now; 409 while one is under way. */
    @PostMapping("/v1/models/{model}:retrain")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Requested retrain(@PathVariable String model, @RequestBody(required = false) @Nullable Retrain body) {
        String reason = Words.checked("reason", body == null ? null : body.reason(), "asked for over HTTP");
        return requested(model, loops.request(checked(model), reason));
    }

    /** Lets the proposed training go ahead, or the candidate become champion; 409 when neither waits. */
    @PostMapping("/v1/models/{model}:approve")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Requested approve(@PathVariable String model, @RequestBody(required = false) @Nullable Person body) {
        return requested(model, loops.answerProposal(checked(model), new Observation.Approved(name(body))));
    }

    /** Drops the proposed training or the candidate, with the cool-down of a rejected one; 409 when neither waits. */
    @PostMapping("/v1/models/{model}:refuse")
    Requested refuse(@PathVariable String model, @RequestBody(required = false) @Nullable Person body) {
        String reason = Words.checked("reason", body == null ? null : body.reason(), "no reason given");
        return requested(model, loops.answerProposal(checked(model), new Observation.Refused(name(body), reason)));
    }

    /** Nothing is requested from now on but by a person. */
    @PostMapping("/v1/models/{model}:pause")
    Requested pause(@PathVariable String model) {
        return requested(model, loops.pause(checked(model), true));
    }

    @PostMapping("/v1/models/{model}:resume")
    Requested resume(@PathVariable String model) {
        return requested(model, loops.pause(checked(model), false));
    }

    private static Requested requested(String model, Loops.View view) {
        PendingRequest pending = view.state().request();
        return new Requested(model, view.state().phase(), pending == null ? null : pending.id(), view.nextStep());
    }

    private static String name(@Nullable Person body) {
        return Words.checked("by", body == null ? null : body.by(), "a caller over HTTP");
    }

    private static String checked(String model) {
        if (!MODEL.matcher(model).matches()) {
            throw new TidelineException(RetrainingError.INVALID_MODEL, "model: " + model
                    + " (expected: letters, digits or any of _ . -, at most 100)");
        }
        return model;
    }
}
