package dev.tideline.ingest.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tideline.ingest.dataset.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sets and shows a dataset's retention policy. */
@RestController
@RequestMapping("/v1/datasets/{name}/retention")
final class RetentionController {

    /** @param shards that no version would need any more and that are older than the policy's age; null when it names none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Plan(RetentionPolicy policy, Instant at, List<RetentionPlan.Fate> versions, JdbcRetention.@Nullable Droppable shards) {}

    private final Catalogue catalogue;
    private final JdbcRetention retention;
    private final ApplyRetention apply;
    private final InstantSource clock;

    RetentionController(Catalogue catalogue, JdbcRetention retention, ApplyRetention apply, InstantSource clock) {
        this.catalogue = catalogue;
        this.retention = retention;
        this.apply = apply;
        this.clock = clock;
    }

    @PutMapping
    RetentionPolicy set(@PathVariable String name, @RequestBody JsonNode body) {
        String dataset = catalogue.get(name).name();
        retention.set(dataset, RetentionPolicy.read(body));
        return retention.get(dataset);
    }

    /** A dry run of the dataset's policy: what would go now, what would stay, and why. */
    @GetMapping("/plan")
    Plan plan(@PathVariable String name) {
        return plan(name, get(name));
    }

    /** A dry run of another policy, which is not set. */
    @PostMapping("/plan")
    Plan plan(@PathVariable String name, @RequestBody JsonNode body) {
        return plan(name, RetentionPolicy.read(body));
    }

    private Plan plan(String name, RetentionPolicy policy) {
        String dataset = catalogue.get(name).name();
        Instant now = clock.instant();
        List<RetentionPlan.Fate> fates = apply.plan(dataset, policy, now);
        List<Long> retiring = fates.stream().filter(RetentionPlan.Fate::retire).map(RetentionPlan.Fate::version).toList();
        Duration age = policy.maxAge();
        return new Plan(policy, now, fates, age == null ? null : retention.droppable(dataset, now.minus(age), retiring));
    }

    @GetMapping
    RetentionPolicy get(@PathVariable String name) {
        return retention.get(catalogue.get(name).name());
    }
}
