package dev.tideline.training.registry;

import dev.tideline.training.model.Models;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows versions and moves the champion by hand. */
@RestController
@RequestMapping("/v1/models/{model}")
final class VersionController {

    record Reason(@Nullable String reason) {}

    private final Registry registry;
    private final Models models;

    VersionController(Registry registry, Models models) {
        this.registry = registry;
        this.models = models;
    }

    @GetMapping("/versions")
    Registry.Overview list(@PathVariable String model) {
        models.get(model);
        return registry.overview(model);
    }

    @GetMapping("/versions/{version}")
    TrainedVersion show(@PathVariable String model, @PathVariable long version) {
        models.get(model);
        return registry.version(model, version);
    }

    @PostMapping("/versions/{version}:promote")
    Map<String, Long> promote(@PathVariable String model, @PathVariable long version, @Nullable Principal caller,
            @RequestBody(required = false) @Nullable Reason body) {
        models.get(model);
        registry.promote(model, version, Caller.name(caller), body == null ? null : body.reason());
        return registry.overview(model).aliases();
    }
}
