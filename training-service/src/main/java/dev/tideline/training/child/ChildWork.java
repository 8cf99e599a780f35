package dev.tideline.training.child;

import dev.tideline.features.BaselineCodec;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.gate.Verdict;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.HoldOut;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.input.UntrainableDataException;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.tensorflow.BrokenExportException;
import dev.tideline.training.tensorflow.Cluster;
import dev.tideline.training.tensorflow.DamagedDataException;
import dev.tideline.training.tensorflow.Devices;
import dev.tideline.training.tensorflow.EventFile;
import dev.tideline.training.tensorflow.HeldOut;
import dev.tideline.training.tensorflow.MirroredTrainer;
import dev.tideline.training.tensorflow.ModelExporter;
import dev.tideline.training.tensorflow.NoGpuException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** One job from records to an exported and judged model. */
final class ChildWork {

    private final JsonMapper json = JsonMapper.builder().build();
    private final ChildOrder order;
    private final Reporter reporter;
    private final Pulse pulse;
    private final Path root;

    ChildWork(ChildOrder order, Reporter reporter, Pulse pulse) {
        this.order = order;
        this.reporter = reporter;
        this.pulse = pulse;
        this.root = Path.of(order.storageRoot());
    }

    ChildMessage run() throws IOException {
        var definition = DefinitionReader.read(order.definition());
        var manifest = DatasetManifestCodec.read(Path.of(order.manifest()));
        var training = slices(manifest, DatasetManifest.TRAIN);
        var evaluation = slices(manifest, DatasetManifest.EVALUATION);
        if (FileSlice.records(training) == 0) {
            throw new ChildException(ChildFailure.UNTRAINABLE, "training records: 0 (expected: at least 1)");
        }
        try {
            var plan = NetworkPlan.of(definition, manifest.schema(), manifest.splits().get(DatasetManifest.TRAIN).statistics());
            var trained = train(definition, plan, training);
            pulse.free();
            if (trained.checkpoint() == null) {
                return new ChildMessage.Trained(trained.steps());
            }
            reporter.report(new ChildMessage.Evaluating());
            var card = ModelCard.of(plan);
            export(plan, card, trained.checkpoint(), SampleExamples.first(evaluation.isEmpty() ? training : evaluation));
            var finished = judge(definition, plan, card, manifest, evaluation, trained);
            if (definition.training().refit() && finished.verdict() instanceof Verdict.Promote && !evaluation.isEmpty()) {
                refit(definition, plan, card, manifest, training, evaluation, finished.candidate());
            }
            return finished;
        } catch (UntrainableDataException failure) {
            throw new ChildException(ChildFailure.UNTRAINABLE, String.valueOf(failure.getMessage()), failure);
        } catch (NoGpuException failure) {
            throw new ChildException(ChildFailure.NO_GPU, String.valueOf(failure.getMessage()), failure);
        } catch (DamagedDataException failure) {
            var all = new ArrayList<>(training);
            all.addAll(evaluation);
            throw new ChildException(ChildFailure.CORRUPT_RECORDS,
                DamageReport.of(all).orElse(String.valueOf(failure.getMessage())), failure);
        }
    }

    private TrainingLoop.Trained train(ModelDefinition definition, NetworkPlan plan, List<FileSlice> slices) throws IOException {
        var stopping = definition.training().earlyStopping();
        if (stopping == null) {
            return train(definition, plan, slices, new Verdicts.None());
        }
        var cut = HoldOut.of(slices, stopping.holdOut());
        if (!order.first()) {
            return train(definition, plan, cut.training(), new Verdicts.OfAnother());
        }
        var folder = Path.of(order.checkpoints()).resolveSibling("passes");
        try (var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), stopping, folder)) {
            return train(definition, plan, cut.training(), new Verdicts.Own(judge));
        }
    }

    private TrainingLoop.Trained train(
            ModelDefinition definition, NetworkPlan plan, List<FileSlice> slices, Verdicts verdicts) throws IOException {
        var training = definition.training();
        var cluster = order.workers().isEmpty() ? null : new Cluster(order.workers(), order.rank());
        try (var board = new EventFile(Path.of(order.board()), order.attempt(), InstantSource.system());
                var cache = RecordCache.of(training.input(), order);
                var trainer = new MirroredTrainer(plan, definition.optimizer(), training, slices,
                    Devices.of(training, order.threads()).in(cluster), lanes(slices, training.batchSize()), cache.folder())) {
            return new TrainingLoop(trainer, training.epochs(), verdicts, order, reporter, pulse, board, System::nanoTime).run();
        }
    }

    private Lanes lanes(List<FileSlice> slices, int batchSize) {
        try {
            return new Lanes(FileSlice.records(slices), order.lanes(), batchSize);
        } catch (IllegalArgumentException impossible) {
            throw new ChildException(ChildFailure.UNTRAINABLE, String.valueOf(impossible.getMessage()), impossible);
        }
    }

    private void export(NetworkPlan plan, ModelCard card, Path checkpoint, List<byte[]> examples) throws IOException {
        var output = Path.of(order.output());
        try (var exporter = new ModelExporter(plan, checkpoint)) {
            exporter.export(output);
            exporter.prove(output, order.model(), examples);
        } catch (BrokenExportException broken) {
            throw new ChildException(ChildFailure.BROKEN_EXPORT, "exported model: " + broken.getMessage(), broken);
        }
        var file = output.resolve(ModelCard.PATH);
        Files.createDirectories(file.getParent());
        Files.write(file, json.writeValueAsBytes(card));
    }

    /** The verdict stays that on the candidate, because the records that it was given on are no longer unseen. */
    private void refit(ModelDefinition definition, NetworkPlan plan, ModelCard card, DatasetManifest manifest, List<FileSlice> training,
            List<FileSlice> evaluation, Evaluation candidate) throws IOException {
        try (var refit = new Refit(order)) {
            var all = new ArrayList<>(training);
            all.addAll(evaluation);
            var apart = new ChildWork(refit.order(), Reporter.silent(), pulse);
            var again = apart.train(definition, plan, all);
            pulse.free();
            apart.export(plan, card, Objects.requireNonNull(again.checkpoint()), SampleExamples.first(evaluation));
            var figures = new Trial(definition, plan, manifest.schema(), evaluation).run(refit.model(), new Champion.None()).candidate();
            if (Refit.isNoWorse(definition.gate().metric(), figures, candidate)) {
                refit.replace();
            } else {
                System.err.println("refit: " + figures.metrics() + " on records that it was trained on (expected: no worse than "
                    + candidate.metrics() + "); the candidate is kept as it was judged");
            }
        }
    }

    private ChildMessage.Finished judge(ModelDefinition definition, NetworkPlan plan, ModelCard card, DatasetManifest manifest,
            List<FileSlice> evaluation, TrainingLoop.Trained trained) {
        var champion = order.champion() == null ? new Champion.None()
            : Champion.read(Path.of(order.champion()), card, manifest.schema());
        var trial = new Trial(definition, plan, manifest.schema(), evaluation);
        var result = trial.run(Path.of(order.output()), champion);
        var outputs = BaselineCodec.write(OutputBaselines.of(plan.head(), plan.target(), result.answers()));
        return new ChildMessage.Finished(result.candidate(), result.champion(), result.verdict(), outputs,
            trial.importance(Path.of(order.output())), trained.steps(), trained.examplesPerSecond());
    }

    private List<FileSlice> slices(DatasetManifest manifest, String split) {
        var found = manifest.splits().get(split);
        if (found == null) {
            return List.of();
        }
        return found.slices().stream().filter(slice -> slice.take() > 0).map(slice -> {
            var file = root.resolve(slice.path());
            if (!Files.isRegularFile(file)) {
                throw new ChildException(ChildFailure.MISSING_SHARD,
                    "shard: " + slice.path() + " is not there (expected: a file below the storage root)");
            }
            return new FileSlice(file, slice.skip(), slice.take());
        }).toList();
    }
}
