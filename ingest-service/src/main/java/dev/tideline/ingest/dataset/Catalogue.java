package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.TidelineException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The datasets as this instance knows them: a copy of the database, renewed in the background, so that intake goes on while the
 * database is away.
 */
@Component
public final class Catalogue {

    private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

    private final JdbcDatasets datasets;
    private final Map<String, Dataset> known = new ConcurrentHashMap<>();
    private volatile boolean stale;

    Catalogue(JdbcDatasets datasets) {
        this.datasets = datasets;
    }

    /** The dataset of that name; fails with {@code UNKNOWN_DATASET} when it was never declared. */
    public Dataset get(String name) {
        return find(name).orElseThrow(() -> new TidelineException(DatasetError.UNKNOWN_DATASET,
                "dataset: " + name + " (expected: a declared dataset, see GET /v1/datasets)"));
    }

    /** Every dataset known to this instance, without asking the database. */
    public Collection<Dataset> known() {
        return List.copyOf(known.values());
    }

    Optional<Dataset> find(String name) {
        Dataset dataset = known.get(name);
        if (dataset != null) {
            return Optional.of(dataset);
        }
        Optional<Dataset> found = datasets.find(name);
        found.ifPresent(this::remember);
        return found;
    }

    /** What was read before another declaration may arrive after it, and never takes its place. */
    void remember(Dataset dataset) {
        known.merge(dataset.name(), dataset, (old, read) -> read.schema().version() < old.schema().version() ? old : read);
    }

    @Scheduled(fixedDelayString = "${tideline.ingest.dataset.refresh:1s}")
    void refresh() {
        try {
            datasets.all().forEach(this::remember);
            if (stale) {
                log.info("PostgreSQL answers again; the catalogue of datasets is current");
            }
            stale = false;
        } catch (DataAccessException | TransactionException unavailable) {
            if (!stale) {
                log.warn("PostgreSQL does not answer: {}; going on with {} known datasets",
                        unavailable.getMostSpecificCause().getMessage(), known.size());
            }
            stale = true;
        }
    }
}
