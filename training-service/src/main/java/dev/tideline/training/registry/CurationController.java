package dev.tideline.training.registry;

import dev.tideline.training.model.Models;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Aliases, comparison, deletion and the audit trail. */
@RestController
@RequestMapping("/v1/models/{model}")
final class CurationController {

    record Target(long version, @Nullable String reason) {}

    record Entries(List<AuditEntry> audit) {}

    private final Curation curation;
    private final Registry registry;
    private final Models models;

    CurationController(Curation curation, Registry registry, Models models) {
        this.curation = curation;
        this.registry = registry;
        this.models = models;
    }

    @GetMapping("/aliases")
    Map<String, Long> aliases(@PathVariable String model) {
        models.get(model);
        return registry.overview(model).aliases();
    }

    @PutMapping("/aliases/{alias}")
    Map<String, Long> set(@PathVariable String model, @PathVariable String alias, @Nullable Principal caller, @RequestBody Target body) {
        models.get(model);
        curation.setAlias(model, alias, body.version(), Caller.name(caller), body.reason());
        return registry.overview(model).aliases();
    }

    @DeleteMapping("/aliases/{alias}")
    Map<String, Long> remove(@PathVariable String model, @PathVariable String alias, @Nullable Principal caller,
            @RequestParam(required = false) @Nullable String reason) {
        models.get(model);
        curation.removeAlias(model, alias, Caller.name(caller), reason);
        return registry.overview(model).aliases();
    }

    @GetMapping("/versions/{version}:compare")
    VersionComparison compare(@PathVariable String model, @PathVariable long version, @RequestParam("with") long with) {
        models.get(model);
        return curation.compare(model, version, with);
    }

    @DeleteMapping("/versions/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String model, @PathVariable long version, @Nullable Principal caller,
            @RequestParam(required = false) @Nullable String reason) {
        models.get(model);
        curation.delete(model, version, Caller.name(caller), reason);
    }

    @GetMapping("/audit")
    Entries audit(@PathVariable String model) {
        models.get(model);
        return new Entries(curation.audit(model));
    }
}
