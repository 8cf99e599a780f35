package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.ModelVersionEvent.Change;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.Outbox;
import dev.tideline.storage.LocalFiles;
import dev.tideline.training.registry.AuditEntry.Action;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Versions of models and who is champion. Every change leaves an entry in the history and an event with the whole desired state
 * of the model, in one transaction.
 */
@Component
public final class Registry {

    private final JdbcRegistry tables;
    private final JdbcAudit audit;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final ModelStore store;

    Registry(JdbcRegistry tables, JdbcAudit audit, Outbox outbox, TransactionTemplate transaction, InstantSource clock, LocalFiles files) {
        this.tables = tables;
        this.audit = audit;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.store = new ModelStore(files);
    }

    /** What a model's versions look like now. */
    record Overview(SortedMap<String, Long> aliases, List<TrainedVersion> versions, List<HistoryEntry> history) {}

    /** A number for a version to come; numbers of failed jobs stay unused. */
    public long reserveVersion(String model) {
        return tables.reserveVersion(model);
    }

    public Optional<Long> champion(String model) {
        return Optional.ofNullable(tables.aliases(model).get(ModelVersionEvent.CHAMPION));
    }

    public boolean knows(String model, long version) {
        return tables.find(model, version).isPresent();
    }

    /** Adds a published version, and makes it champion if the gate said so. Runs in the caller's transaction. */
    public void add(TrainedVersion version) {
        tables.lock(version.model());
        tables.insert(version);
        if (version.promoted()) {
            become(version.model(), Change.PROMOTED, AuditEntry.GATE, version.reason(), version);
        } else {
            keep(version, Change.REJECTED);
        }
    }

    /** Adds a published version that the gate would make champion and that waits for a person. Runs in the caller's transaction. */
    public void hold(TrainedVersion version) {
        tables.lock(version.model());
        tables.insert(version.waiting());
        keep(version, Change.TRAINED);
    }

    private void keep(TrainedVersion version, Change change) {
        var champion = champion(version.model()).orElse(null);
        tables.remember(version.model(), version.version(), change, champion, version.reason(), clock.instant());
        audit.append(version.model(), new AuditEntry(version.version(), Action.ADDED, null, null, AuditEntry.GATE, version.reason(),
            clock.instant()));
        announce(version, change, version.reason());
    }

    /**
     * Makes a version that waited champion, in the caller's transaction.
     *
     * @return why it cannot be any more; null when it is champion now
     * @throws TidelineException when nobody knows, because the storage does not answer
     */
    public @Nullable String approve(String model, long version, String actor, String reason) {
        tables.lock(model);
        var present = champion(model).orElse(null);
        if (present != null && present == version) {
            return null;
        }
        try {
            var chosen = usable(model, version);
            if (!Objects.equals(chosen.parent(), present)) {
                return "version " + version + " was compared with " + (chosen.parent() == null ? "no champion" : "version " + chosen.parent())
                    + ", and version " + present + " is champion now";
            }
            become(model, Change.PROMOTED, actor, reason, chosen);
            return null;
        } catch (TidelineException gone) {
            if (gone.code() == RegistryError.STORAGE_UNAVAILABLE) {
                throw gone;
            }
            return gone.getMessage();
        }
    }

    /** Makes any published version champion: a person overrules the gate. */
    void promote(String model, long version, String actor, @Nullable String reason) {
        transaction.executeWithoutResult(status -> {
            tables.lock(model);
            var chosen = usable(model, version);
            if (champion(model).filter(present -> present == version).isEmpty()) {
                become(model, Change.PROMOTED, actor, reason == null ? "promoted by hand" : reason, chosen);
            }
        });
    }

    /** Goes back to the champion before the present one. */
    long rollBack(String model, String actor, @Nullable String reason) {
        return transaction.execute(status -> {
            tables.lock(model);
            long target = RollbackPlan.target(tables.history(model), version -> knows(model, version)).orElseThrow(() -> new TidelineException(
                RegistryError.NOTHING_TO_ROLL_BACK, "model " + model + ": no champion before the present one (expected: at least two)"));
            become(model, Change.ROLLED_BACK, actor, reason == null ? "rolled back by hand" : reason, usable(model, target));
            return target;
        });
    }

    Overview overview(String model) {
        return new Overview(tables.aliases(model), tables.versions(model), tables.history(model));
    }

    TrainedVersion version(String model, long version) {
        return tables.find(model, version).orElseThrow(() -> new TidelineException(RegistryError.UNKNOWN_VERSION,
            "version: " + version + " of model " + model + " (expected: a published version, see GET /v1/models/" + model + "/versions)"));
    }

    private TrainedVersion usable(String model, long version) {
        var found = version(model, version);
        if (!isInStore(model, version)) {
            throw new TidelineException(RegistryError.VERSION_NOT_IN_STORE,
                "version: " + version + " of model " + model + " is not in the store (expected: " + found.path() + ")");
        }
        return found;
    }

    private boolean isInStore(String model, long version) {
        try {
            return store.holds(model, version);
        } catch (IOException away) {
            throw new TidelineException(RegistryError.STORAGE_UNAVAILABLE, "version: " + version + " of model " + model
                + " cannot be looked for: " + away.getMessage() + " (expected: a storage that answers)", away);
        }
    }

    private void become(String model, Change change, String actor, String reason, TrainedVersion subject) {
        var previous = champion(model).orElse(null);
        tables.alias(model, ModelVersionEvent.CHAMPION, subject.version());
        tables.remember(model, subject.version(), change, previous, reason, clock.instant());
        audit.append(model, new AuditEntry(subject.version(), change == Change.ROLLED_BACK ? Action.ROLLED_BACK : Action.PROMOTED,
            ModelVersionEvent.CHAMPION, previous, actor, reason, clock.instant()));
        announce(subject, change, reason);
    }

    /** In the transaction that made the change. */
    void announce(TrainedVersion subject, Change change, String reason) {
        var aliases = tables.aliases(subject.model());
        var serving = new TreeMap<Long, String>();
        var champion = aliases.get(ModelVersionEvent.CHAMPION);
        if (champion != null) {
            serving.put(champion, store.path(subject.model(), champion));
        }
        outbox.append(new ModelVersionEvent(UUID.randomUUID().toString(), clock.instant(), subject.model(), subject.version(),
            change, reason, serving, aliases, subject.metrics(), trainedOn(subject.model(), aliases)));
    }

    /** What keeps the data behind live versions from being given up. */
    private SortedMap<Long, ModelVersionEvent.TrainedOn> trainedOn(String model, SortedMap<String, Long> aliases) {
        var data = new TreeMap<Long, ModelVersionEvent.TrainedOn>();
        aliases.values().forEach(version -> tables.find(model, version).ifPresent(live ->
            data.put(version, new ModelVersionEvent.TrainedOn(live.dataset(), live.datasetVersion()))));
        return data;
    }
}
