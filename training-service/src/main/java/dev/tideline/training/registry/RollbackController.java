package dev.tideline.training.registry;

import dev.tideline.training.model.Models;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Goes back to the previous champion. */
@RestController
final class RollbackController {

    record Reason(@Nullable String reason) {}

    private final Registry registry;
    private final Models models;

    RollbackController(Registry registry, Models models) {
        this.registry = registry;
        this.models = models;
    }

    @PostMapping("/v1/models/{model}:rollback")
    Map<String, Long> rollBack(@PathVariable String model, @Nullable Principal caller,
            @RequestBody(required = false) @Nullable Reason body) {
        models.get(model);
        registry.rollBack(model, Caller.name(caller), body == null ? null : body.reason());
        return registry.overview(model).aliases();
    }
}
