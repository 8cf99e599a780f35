package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DatasetVersionEvent;
import dev.tideline.features.DatasetManifest;
import dev.tideline.ingest.dataset.Catalogue;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.shard.ShardSnapshot;
import dev.tideline.ingest.shard.Shards;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals a version: what was acknowledged before the request and lies in the window. The same request id gives the same version. */
@Service
final class SealVersion {

    /** @param created false when an earlier request with the same id sealed it */
    record Sealed(SealedVersion version, boolean created) {}

    private static final Logger log = LoggerFactory.getLogger(SealVersion.class);

    private final Catalogue catalogue;
    private final Shards shards;
    private final SplitReader reader;
    private final JdbcVersions versions;
    private final JdbcPins pins;
    private final VersionLookup lookup;
    private final ManifestFiles manifests;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final MeterRegistry meters;

    SealVersion(
            Catalogue catalogue, Shards shards, SplitReader reader, JdbcVersions versions, JdbcPins pins, VersionLookup lookup,
            ManifestFiles manifests, Outbox outbox, TransactionTemplate transaction, InstantSource clock, MeterRegistry meters) {
        this.catalogue = catalogue;
        this.shards = shards;
        this.reader = reader;
        this.versions = versions;
        this.pins = pins;
        this.lookup = lookup;
        this.manifests = manifests;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.meters = meters;
    }

    Sealed seal(String name, DataWindow window, String requestId, Trigger trigger, @Nullable Pin pin) {
        Dataset dataset = catalogue.get(name);
        Optional<SealedVersion> earlier = versions.byRequest(name, requestId);
        if (earlier.isPresent()) {
            return repeat(earlier.get(), window, pin);
        }
        shards.flush(dataset);
        try {
            return sealFlushed(dataset, window, requestId, trigger, pin);
        } catch (DataIntegrityViolationException given) {
            log.info("Planning the version of dataset {} again: retention gave records up meanwhile", name);
            return sealFlushed(dataset, window, requestId, trigger, pin);
        }
    }

    private Sealed sealFlushed(Dataset dataset, DataWindow window, String requestId, Trigger trigger, @Nullable Pin pin) {
        String name = dataset.name();
        ShardSnapshot snapshot = shards.snapshot(name);
        WindowPlan plan = WindowPlan.of(snapshot.files(), window, dataset.split());
        if (plan.records() == 0) {
            throw new TidelineException(VersionError.NO_RECORDS,
                    "window: " + window + " of dataset " + name + " (expected: at least one committed record)");
        }
        SortedMap<String, SplitContent> splits = splits(plan, dataset);
        String hash = ContentHash.of(plan, dataset.schema(), dataset.split());
        return transaction.execute(status -> {
            long number = versions.next(name);
            Optional<SealedVersion> meanwhile = versions.byRequest(name, requestId);
            if (meanwhile.isPresent()) {
                return repeat(meanwhile.get(), window, pin);
            }
            SealedVersion version = insert(dataset, number, requestId, window, splits, hash, trigger, snapshot.committed());
            if (pin != null) {
                pins.put(name, number, pin);
            }
            return new Sealed(version, true);
        });
    }

    private SealedVersion insert(
            Dataset dataset, long number, String requestId, DataWindow window,
            SortedMap<String, SplitContent> splits, String hash, Trigger trigger, long committed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SortedMap<String, Long> counts = map(splits, SplitContent::records);
        long records = counts.values().stream().mapToLong(Long::longValue).sum();
        String manifest = ManifestFiles.path(dataset.name(), number);
        manifests.write(new DatasetManifest(dataset.name(), number, now, window, dataset.split(), dataset.schema(), hash,
                records, map(splits, SealVersion::manifest)));
        SealedVersion version = new SealedVersion(dataset.name(), number, requestId, window, records, counts,
                dataset.schema().version(), hash, manifest, now, null, trigger, committed);
        versions.insert(version, splits);
        outbox.append(new DatasetVersionEvent(dataset.name() + "/" + number + "/sealed", now, DatasetVersionEvent.Status.SEALED,
                dataset.name(), number, records, dataset.schema().fingerprint(), hash, manifest));
        meters.counter("tideline.ingest.versions.sealed", "dataset", dataset.name(), "trigger", trigger.name()).increment();
        log.info("Sealed version {} of dataset {} with {} records, asked by {} {}", number, dataset.name(), records, trigger, requestId);
        return version;
    }

    private Sealed repeat(SealedVersion earlier, DataWindow window, @Nullable Pin pin) {
        if (!earlier.window().equals(window)) {
            throw new TidelineException(VersionError.REQUEST_ID_REUSED,
                    "requestId: " + earlier.requestId() + " with window " + window + " (expected: " + earlier.window() + ", as at first)");
        }
        if (pin != null) {
            transaction.executeWithoutResult(status -> {
                if (!pins.lockKept(earlier.dataset(), earlier.version())) {
                    throw lookup.retired(lookup.find(earlier.dataset(), earlier.version()));
                }
                pins.put(earlier.dataset(), earlier.version(), pin);
            });
        }
        return new Sealed(earlier, false);
    }

    private SortedMap<String, SplitContent> splits(WindowPlan plan, Dataset dataset) {
        SortedMap<String, SplitContent> splits = new TreeMap<>();
        plan.splits().forEach((name, slices) -> splits.put(name, reader.read(slices, dataset.schema())));
        return splits;
    }

    private static DatasetManifest.Split manifest(SplitContent content) {
        List<DatasetManifest.Slice> slices = content.slices().stream()
                .map(slice -> new DatasetManifest.Slice(slice.file().path(), slice.skip(), slice.take())).toList();
        return new DatasetManifest.Split(content.records(), slices, content.statistics());
    }

    private static <T> SortedMap<String, T> map(SortedMap<String, SplitContent> splits, Function<SplitContent, T> change) {
        SortedMap<String, T> changed = new TreeMap<>();
        splits.forEach((name, content) -> changed.put(name, change.apply(content)));
        return changed;
    }
}
