package dev.tideline.ingest.sealing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.starter.error.TidelineException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sets and shows a dataset's sealing rule, and why it did or did not seal. */
@RestController
@RequestMapping("/v1/datasets/{name}/sealing")
final class SealingController {

    /**
     * @param waiting where the dataset stands now
     * @param nextDue null without schedule
     * @param last    null before the first decision
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(JsonNode rule, String waiting, long newRecords, @Nullable Instant nextDue, @Nullable Decision last) {}

    private final Catalogue catalogue;
    private final JdbcSealing rules;
    private final Sealing sealing;
    private final InstantSource clock;

    SealingController(Catalogue catalogue, JdbcSealing rules, Sealing sealing, InstantSource clock) {
        this.catalogue = catalogue;
        this.rules = rules;
        this.sealing = sealing;
        this.clock = clock;
    }

    @PutMapping
    View set(@PathVariable String name, @RequestBody JsonNode body) {
        String dataset = catalogue.get(name).name();
        Instant now = clock.instant();
        Schedule schedule = SealingRuleReader.read(body).schedule();
        rules.put(dataset, body, schedule == null ? null : schedule.next(now).orElse(null), now);
        return get(dataset);
    }

    @GetMapping
    View get(@PathVariable String name) {
        String dataset = catalogue.get(name).name();
        JdbcSealing.Row row = rules.find(dataset).orElseThrow(() -> none(dataset));
        SealingPlan.State state = sealing.state(dataset, row);
        String waiting = switch (SealingPlan.decide(state, clock.instant())) {
            case SealingPlan.Step.Wait step -> step.reason();
            case SealingPlan.Step.Skip step -> step.reason();
            case SealingPlan.Step.Seal step -> step.reason();
        };
        return new View(row.json(), waiting, state.fresh(), row.nextDue(), row.decision());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        String dataset = catalogue.get(name).name();
        if (!rules.delete(dataset)) {
            throw none(dataset);
        }
    }

    private static TidelineException none(String dataset) {
        return new TidelineException(SealingError.NO_SEALING, "dataset: " + dataset + " has no sealing rule (expected: one, see PUT /v1/datasets/"
                + dataset + "/sealing)");
    }
}
