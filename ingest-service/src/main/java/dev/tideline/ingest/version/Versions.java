package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.starter.event.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to versions, for whoever seals them by rule or gives them up. */
@Service
public final class Versions {

    /** Code of the failure that says that a window covers no committed record. */
    public static final String NO_RECORDS = VersionError.NO_RECORDS.name();

    /**
     * @param committed records that the dataset ever had when the version was planned
     */
    public record Latest(long version, long committed, Instant sealedAt) {}

    /** A model's use of a dataset version. */
    public record Use(String dataset, long version, String reason) {}

    private static final Logger log = LoggerFactory.getLogger(Versions.class);

    private final SealVersion seal;
    private final JdbcVersions versions;
    private final JdbcPins pins;
    private final ManifestFiles manifests;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Versions(
            SealVersion seal, JdbcVersions versions, JdbcPins pins, ManifestFiles manifests, Outbox outbox, TransactionTemplate transaction,
            InstantSource clock) {
        this.seal = seal;
        this.versions = versions;
        this.pins = pins;
        this.manifests = manifests;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Seals a version, or finds the one that an earlier call with the same {@code requestId} sealed.
     *
     * @return its number
     */
    public long seal(String dataset, DataWindow window, String requestId, Trigger trigger) {
        return seal.seal(dataset, window, requestId, trigger, null).version().version();
    }

    /** The newest version, retired or not. */
    public Optional<Latest> latest(String dataset) {
        return versions.latest(dataset).map(version -> new Latest(version.version(), version.committed(), version.sealedAt()));
    }

    /** Versions whose content is kept. */
    public List<VersionAge> kept(String dataset) {
        SortedMap<Long, List<Pin>> held = pins.of(dataset, clock.instant());
        return versions.all(dataset).stream().filter(version -> version.retiredAt() == null)
                .map(version -> new VersionAge(version.version(), version.sealedAt(), version.records(),
                        held.getOrDefault(version.version(), List.of())))
                .toList();
    }

    /** Keeps the versions behind a model, and no others for it; an older event than the last changes nothing. */
    public void useByModel(String model, List<Use> uses, Instant at) {
        transaction.executeWithoutResult(status -> {
            if (!pins.newest(model, at)) {
                return;
            }
            String owner = PinRequest.MODEL + model;
            pins.removeAll(owner);
            for (Use use : uses) {
                if (pins.lockKept(use.dataset(), use.version())) {
                    pins.put(use.dataset(), use.version(), new Pin(owner, use.reason(), at, null));
                } else {
                    log.warn("{}, and its data, version {} of dataset {}, is not there any more", use.reason(), use.version(), use.dataset());
                }
            }
        });
    }

    /** Forgets pins that ended. */
    public void removeExpiredPins() {
        pins.removeExpired(clock.instant());
    }

    /**
     * Gives a version's content up, unless somebody uses it. Its records stay where they are until nobody else needs them.
     *
     * @return false when a pin holds, even one that came after {@link #kept}
     */
    public boolean retire(String dataset, long number) {
        SealedVersion version = versions.find(dataset, number).orElseThrow();
        boolean retired = Boolean.TRUE.equals(transaction.execute(status -> {
            Instant now = clock.instant();
            if (!pins.lockKept(dataset, number) || !pins.of(dataset, number, now).isEmpty()) {
                return false;
            }
            if (versions.retire(version, now)) {
                outbox.append(new DatasetVersionEvent(dataset + "/" + number + "/retired", now, DatasetVersionEvent.Status.RETIRED, dataset,
                        number, version.records(), versions.fingerprint(version), version.contentHash(), version.manifest()));
            }
            return true;
        }));
        if (retired) {
            manifests.delete(dataset, number);
        }
        return retired;
    }
}
