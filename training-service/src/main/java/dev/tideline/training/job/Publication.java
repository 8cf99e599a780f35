package dev.tideline.training.job;

import dev.tideline.features.Baseline;
import dev.tideline.features.BaselineCodec;
import dev.tideline.features.Baselines;
import dev.tideline.features.DatasetManifest;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.gate.Verdict;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.registry.Registry;
import dev.tideline.training.registry.TrainedVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Brings a trained model into the store. What is not in the registry afterwards does not count and is replaced by a retry. */
@Component
final class Publication {

    private final ModelStore store;
    private final Registry registry;
    private final InstantSource clock;

    private final JsonMapper json = JsonMapper.builder().build();

    Publication(LocalFiles files, Registry registry, InstantSource clock) {
        this.store = new ModelStore(files);
        this.registry = registry;
        this.clock = clock;
    }

    /** An empty folder for the version; leftovers of an earlier attempt at the same job are removed. */
    ModelStore.Draft draft(String model, long version, int attempt) throws IOException {
        if (!registry.knows(model, version)) {
            store.delete(model, version);
        }
        return store.draft(model, version, attempt);
    }

    /** The champion's folder on this machine; a champion whose files are gone is left to whoever reads them. */
    Optional<Path> champion(String model) throws IOException {
        var champion = registry.champion(model);
        return champion.isPresent() ? Optional.of(present(model, champion.get())) : Optional.empty();
    }

    private Path present(String model, long version) throws IOException {
        try {
            return store.fetch(model, version);
        } catch (NoSuchFileException gone) {
            return store.folder(model, version);
        }
    }

    /** Publishes the draft's files with their manifest; visible in the store afterwards, unknown to the registry still. */
    TrainedVersion publish(ModelStore.Draft draft, Job job, ModelDefinition definition, DatasetManifest data,
            ChildMessage.Finished result) throws IOException {
        long version = java.util.Objects.requireNonNull(job.version());
        var parent = registry.champion(job.model()).orElse(null);
        var hash = java.util.Objects.requireNonNull(job.definitionHash());
        var manifest = new ModelManifest(job.model(), version, clock.instant(), data.dataset(), data.version(), hash, data.schema(),
            definition.training().seed(), parent, result.candidate().metrics(), baselines(data, result), result.importance(),
            lineage(job, data, result), new TreeMap<>());
        if (!registry.knows(job.model(), version)) {
            // A late process of a lost lease may have got here first.
            store.delete(job.model(), version);
        }
        draft.publish(manifest);
        return new TrainedVersion(job.model(), version, job.id(), parent, data.dataset(), data.version(), hash,
            store.path(job.model(), version), result.candidate().metrics(), metrics(result.champion()),
            result.verdict() instanceof Verdict.Promote, result.verdict().summary(), manifest.createdAt(),
            json.valueToTree(result.verdict()));
    }

    private static ModelManifest.Lineage lineage(Job job, DatasetManifest data, ChildMessage.Finished result) {
        var examples = new TreeMap<String, Long>();
        data.splits().forEach((name, split) -> examples.put(name, split.records()));
        return new ModelManifest.Lineage(job.id(), data.contentHash(), examples, result.verdict() instanceof Verdict.Promote,
            result.verdict().reasons());
    }

    private static SortedMap<String, Baseline> baselines(DatasetManifest data, ChildMessage.Finished result) {
        var baselines = new TreeMap<>(Baselines.from(
            data.splits().get(DatasetManifest.TRAIN).statistics(), data.schema().inputs()));
        baselines.putAll(BaselineCodec.read(result.outputs()));
        return baselines;
    }

    private static @Nullable SortedMap<String, Double> metrics(@Nullable Evaluation evaluation) {
        return evaluation == null ? null : evaluation.metrics();
    }
}
