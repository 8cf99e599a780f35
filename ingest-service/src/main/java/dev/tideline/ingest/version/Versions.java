package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.features.DatasetManifest;
import dev.tideline.starter.event.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    private final SealVersion seal;
    private final JdbcVersions versions;
    private final ManifestFiles manifests;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Versions(SealVersion seal, JdbcVersions versions, ManifestFiles manifests, Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
        this.seal = seal;
        this.versions = versions;
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
        return seal.seal(dataset, window, requestId, trigger).version().version();
    }

    /** The newest version, retired or not. */
    public Optional<Latest> latest(String dataset) {
        return versions.latest(dataset).map(version -> new Latest(version.version(), version.committed(), version.sealedAt()));
    }

    /** Versions whose content is kept. */
    public List<VersionAge> kept(String dataset) {
        return versions.all(dataset).stream().filter(version -> version.retiredAt() == null)
                .map(version -> new VersionAge(version.version(), version.sealedAt())).toList();
    }

    /** Gives a version's content up. Its records stay where they are until nobody else needs them. */
    public void retire(String dataset, long number) {
        SealedVersion version = versions.find(dataset, number).orElseThrow();
        DatasetManifest manifest = manifests.read(dataset, number);
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (versions.retire(version, now)) {
                outbox.append(new DatasetVersionEvent(dataset + "/" + number + "/retired", now, DatasetVersionEvent.Status.RETIRED, dataset,
                        number, version.records(), manifest.schema().fingerprint(), version.contentHash(), version.manifest()));
            }
        });
        manifests.delete(dataset, number);
    }
}
