package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.Topics;
import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Declares a dataset, or gives it a newer schema; doing it twice is the same as doing it once. */
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
        Dataset fresh = new Dataset(wanted.name(), new Schema(1, wanted.schema().features(), wanted.schema().label(),
                wanted.schema().key(), wanted.schema().time()), wanted.split(), partitions);
        boolean created = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean inserted = datasets.insert(fresh, clock.instant());
            if (!inserted) {
                evolve(wanted);
            }
            return inserted;
        }));
        Dataset current = datasets.find(wanted.name()).orElseThrow();
        catalogue.remember(current);
        return new Declared(current, created);
    }

    /** Gives an existing dataset the wanted schema as a new version, unless it has it already. */
    private void evolve(Declaration wanted) {
        datasets.lock(wanted.name());
        Dataset current = datasets.find(wanted.name()).orElseThrow();
        check(current, wanted);
        Schema old = current.schema();
        if (!old.fingerprint().equals(wanted.schema().fingerprint())) {
            datasets.insertSchema(wanted.name(), new Schema(old.version() + 1, wanted.schema().features(), wanted.schema().label(),
                    wanted.schema().key(), wanted.schema().time()), clock.instant());
        }
    }

    private static void check(Dataset existing, Declaration wanted) {
        List<Problem> problems = new ArrayList<>();
        for (SchemaChange change : SchemaDiff.of(existing.schema(), wanted.schema())) {
            if (!change.compatible()) {
                problems.add(new Problem("SCHEMA_CHANGED", "/schema" + change.pointer(), text(change.to()),
                        text(change.from()) + ": " + change.rule()));
            }
        }
        if (!existing.split().equals(wanted.split())) {
            problems.add(new Problem("SPLIT_CHANGED", "/split", wanted.split().toString(), existing.split().toString()));
        }
        if (!problems.isEmpty()) {
            throw new TidelineException(DatasetError.SCHEMA_CONFLICT,
                    "dataset: " + existing.name() + " (expected: its schema and split, or a compatible change)", problems);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "absent" : value;
    }
}
