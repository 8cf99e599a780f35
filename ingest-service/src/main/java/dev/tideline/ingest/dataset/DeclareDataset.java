package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.TidelineException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Declares a dataset; doing it twice is the same as doing it once. */
@Service
final class DeclareDataset {

    /** @param created false when it was there before */
    record Declared(Dataset dataset, boolean created) {}

    private final JdbcDatasets datasets;
    private final RecordTopics topics;
    private final Catalogue catalogue;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DeclareDataset(JdbcDatasets datasets, RecordTopics topics, Catalogue catalogue, TransactionTemplate transaction, InstantSource clock) {
        this.datasets = datasets;
        this.topics = topics;
        this.catalogue = catalogue;
        this.transaction = transaction;
        this.clock = clock;
    }

    Declared declare(Declaration wanted) {
        Optional<Dataset> existing = datasets.find(wanted.name());
        existing.ifPresent(dataset -> check(dataset, wanted));
        int partitions = topics.ensure(Topics.records(wanted.name()));
        Dataset dataset = new Dataset(wanted.name(), wanted.schema(), wanted.split(), partitions);
        boolean created = existing.isEmpty()
                && Boolean.TRUE.equals(transaction.execute(status -> datasets.insert(dataset, clock.instant())));
        Dataset current = datasets.find(wanted.name()).orElseThrow();
        check(current, wanted);
        catalogue.remember(current);
        return new Declared(current, created);
    }

    private static void check(Dataset existing, Declaration wanted) {
        List<Problem> problems = new ArrayList<>();
        if (!existing.schema().fingerprint().equals(wanted.schema().fingerprint())) {
            problems.add(new Problem("SCHEMA_CHANGED", "/schema", "fingerprint " + wanted.schema().fingerprint(),
                    "the declared schema, fingerprint " + existing.schema().fingerprint()));
        }
        if (!existing.split().equals(wanted.split())) {
            problems.add(new Problem("SPLIT_CHANGED", "/split", wanted.split().toString(), existing.split().toString()));
        }
        if (!problems.isEmpty()) {
            throw new TidelineException(DatasetError.SCHEMA_CONFLICT,
                    "dataset: " + existing.name() + " (expected: the declaration that it already has)", problems);
        }
    }
}
