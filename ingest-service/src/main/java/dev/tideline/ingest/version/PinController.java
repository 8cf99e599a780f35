package dev.tideline.ingest.version;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.TidelineException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Leases on a version: who reads or trains on it says so, for a time, and retention leaves it alone. */
@RestController
@RequestMapping("/v1/datasets/{name}/versions/{version}/pins")
final class PinController {

    record Pins(List<Pin> pins) {}

    private final VersionLookup lookup;
    private final JdbcPins pins;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PinController(VersionLookup lookup, JdbcPins pins, TransactionTemplate transaction, InstantSource clock) {
        this.lookup = lookup;
        this.pins = pins;
        this.transaction = transaction;
        this.clock = clock;
    }

    @GetMapping
    Pins list(@PathVariable String name, @PathVariable long version) {
        SealedVersion found = lookup.find(name, version);
        return new Pins(pins.of(found.dataset(), version, clock.instant()));
    }

    /** Sets or prolongs a pin. */
    @PutMapping("/{owner}")
    Pin set(@PathVariable String name, @PathVariable long version, @PathVariable String owner, @RequestBody JsonNode body) {
        SealedVersion found = lookup.find(name, version);
        Pin pin = PinRequest.read(owner, body).from(clock.instant());
        transaction.executeWithoutResult(status -> {
            if (!pins.lockKept(found.dataset(), version)) {
                throw lookup.retired(lookup.find(name, version));
            }
            pins.put(found.dataset(), version, pin);
        });
        return pin;
    }

    @DeleteMapping("/{owner}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, @PathVariable long version, @PathVariable String owner) {
        SealedVersion found = lookup.find(name, version);
        if (owner.startsWith(PinRequest.MODEL)) {
            throw new TidelineException(VersionError.INVALID_PIN, "owner: " + owner
                    + " (expected: none of " + PinRequest.MODEL + "…, which follow " + Topics.MODEL_VERSIONS + ")");
        }
        if (!pins.remove(found.dataset(), version, owner)) {
            throw new TidelineException(VersionError.UNKNOWN_PIN, "owner: " + owner + " has no pin on version " + version + " of dataset " + name
                    + " (expected: one of GET /v1/datasets/" + name + "/versions/" + version + "/pins)");
        }
    }
}
