package dev.tideline.training.child;

import dev.tideline.features.BaselineCodec;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.evaluation.Judge;
import dev.tideline.training.export.ModelCard;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.UntrainableDataException;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.tensorflow.DamagedDataException;
import dev.tideline.training.tensorflow.Devices;
import dev.tideline.training.tensorflow.MirroredTrainer;
import dev.tideline.training.tensorflow.ModelEvaluator;
import dev.tideline.training.tensorflow.ModelExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** One job from records to an exported and judged model. */
final class ChildWork {

    private final JsonMapper json = JsonMapper.builder().build();
    private final ChildOrder order;
    private final Reporter reporter;
    private final Path root;

    ChildWork(ChildOrder order, Reporter reporter) {
        this.order = order;
        this.reporter = reporter;
        this.root = Path.of(order.storageRoot());
    }

    ChildMessage.Finished run() throws IOException {
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
            reporter.report(new ChildMessage.Evaluating());
            var card = ModelCard.of(plan);
            export(plan, card, trained.checkpoint());
            return judge(plan, card, manifest, evaluation, trained);
        } catch (UntrainableDataException failure) {
            throw new ChildException(ChildFailure.UNTRAINABLE, String.valueOf(failure.getMessage()), failure);
        } catch (DamagedDataException failure) {
            var all = new ArrayList<>(training);
            all.addAll(evaluation);
            throw new ChildException(ChildFailure.CORRUPT_RECORDS,
                DamageReport.of(all).orElse(String.valueOf(failure.getMessage())), failure);
        }
    }

    private TrainingLoop.Trained train(ModelDefinition definition, NetworkPlan plan, List<FileSlice> slices) throws IOException {
        var training = definition.training();
        try (var trainer = new MirroredTrainer(plan, definition.optimizer(), training, slices,
                Devices.cpus(training.replicas(), order.threads()))) {
            return new TrainingLoop(trainer, training.epochs(), order, reporter, System::nanoTime).run();
        }
    }

    private void export(NetworkPlan plan, ModelCard card, Path checkpoint) throws IOException {
        var output = Path.of(order.output());
        try (var exporter = new ModelExporter(plan, checkpoint)) {
            exporter.export(output);
        }
        var file = output.resolve(ModelCard.PATH);
        Files.createDirectories(file.getParent());
        Files.write(file, json.writeValueAsBytes(card));
    }

    private ChildMessage.Finished judge(NetworkPlan plan, ModelCard card, DatasetManifest manifest, List<FileSlice> slices,
            TrainingLoop.Trained trained) {
        var champion = order.champion() == null ? new Champion.None()
            : Champion.read(Path.of(order.champion()), card, manifest.schema());
        var inputs = new LinkedHashSet<Column>(plan.inputColumns());
        var models = new ArrayList<Path>(List.of(Path.of(order.output())));
        String note = null;
        switch (champion) {
            case Champion.None none -> { }
            case Champion.Incomparable incomparable -> note = incomparable.reason();
            case Champion.Comparable comparable -> {
                models.add(comparable.folder());
                var known = inputs.stream().map(Column::name).toList();
                comparable.inputs().stream().filter(column -> !known.contains(column.name())).forEach(inputs::add);
            }
        }
        var answers = answers(models, slices, inputs, plan);
        var judged = answers.stream().map(each -> Judge.evaluate(plan.head(), each)).toList();
        var outputs = BaselineCodec.write(OutputBaselines.of(plan.head(), plan.target(), answers.getFirst()));
        Evaluation other = judged.size() > 1 ? judged.get(1) : null;
        return new ChildMessage.Finished(judged.getFirst(), other, note, outputs, trained.steps(), trained.examplesPerSecond());
    }

    private static List<Answers> answers(List<Path> models, List<FileSlice> slices, LinkedHashSet<Column> inputs, NetworkPlan plan) {
        try {
            return ModelEvaluator.answers(models, slices, inputs, plan.target(), plan.head());
        } catch (DamagedDataException damaged) {
            throw damaged;
        } catch (RuntimeException failure) {
            throw new ChildException(ChildFailure.BROKEN_EXPORT, "exported model: " + failure.getMessage()
                + " (expected: answers to every evaluation record)", failure);
        }
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
