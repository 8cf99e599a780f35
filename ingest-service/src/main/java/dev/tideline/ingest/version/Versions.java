package dev.tideline.ingest.version;

import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.features.DatasetManifest;
import dev.tideline.starter.event.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to sealed versions, for whoever gives them up. */
@Service
public final class Versions {

    private final JdbcVersions versions;
    private final ManifestFiles manifests;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Versions(JdbcVersions versions, ManifestFiles manifests, Outbox outbox, TransactionTemplate transaction, InstantSource clock) {
        this.versions = versions;
        this.manifests = manifests;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
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
