package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.training.evaluation.Judge;
import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.Head;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** From training to a SavedModel that anybody can load. */
class ModelExporterIT {

    @TempDir
    static Path folder;

    private static List<FileSlice> data;

    @BeforeAll
    static void writeRecords() {
        data = Sample.write(folder, 2_000, 2);
    }

    @Test
    void theSignatureTakesRawFeatures() {
        var model = trained("signature", Sample.binary(), 1);

        try (var bundle = SavedModelBundle.load(model.toString(), "serve")) {
            var signature = bundle.function(Signature.DEFAULT_KEY).signature();

            assertThat(signature.methodName()).isEqualTo("tensorflow/serving/predict");
            assertThat(signature.getInputs()).hasSize(3);
            assertThat(signature.getInputs().get("x").dataType).isEqualTo(DataType.DT_FLOAT);
            assertThat(signature.getInputs().get("count").dataType).isEqualTo(DataType.DT_INT64);
            assertThat(signature.getInputs().get("colour").dataType).isEqualTo(DataType.DT_STRING);
            assertThat(signature.getInputs().get("x").shape.numDimensions()).isEqualTo(1);
            assertThat(signature.getOutputs().get("probability").dataType).isEqualTo(DataType.DT_FLOAT);
            assertThat(signature.getOutputs().get("label").dataType).isEqualTo(DataType.DT_INT64);
        }
    }

    @Test
    void theExportAnswersWhatTheTrainedWeightsSay() {
        var plan = Sample.binary();
        float[] kernel;
        float[] bias;
        float[] head;
        float[] headBias;
        Path model;
        try (var trainer = train(plan, 2)) {
            kernel = trainer.values("layer_0/kernel", 1);
            bias = trainer.values("layer_0/bias", 1);
            head = trainer.values("head/kernel", 1);
            headBias = trainer.values("head/bias", 1);
            model = export("weights", plan, trainer);
        }

        try (var bundle = SavedModelBundle.load(model.toString(), "serve");
                var x = TFloat32.vectorOf(5f, -1f);
                var count = TInt64.vectorOf(7L, 2L);
                var colour = TString.vectorOf("green", "violet");
                var answer = bundle.function(Signature.DEFAULT_KEY).call(Map.of("x", x, "count", count, "colour", colour))) {
            var probability = (TFloat32) answer.get("probability").orElseThrow();

            double[][] rows = {{1, 2.5 / 2.9, 0, 1, 0, 0}, {-1, -2.5 / 2.9, 0, 0, 0, 1}};
            for (int i = 0; i < rows.length; i++) {
                assertThat(probability.getFloat(i)).isCloseTo(forward(rows[i], kernel, bias, head, headBias), within(1e-5f));
            }
        }
    }

    @Test
    void aMulticlassModelNamesItsClass() {
        var model = trained("multiclass", Sample.multiclass(), 2);

        try (var bundle = SavedModelBundle.load(model.toString(), "serve");
                var x = TFloat32.vectorOf(14f, -12f, 2f);
                var count = TInt64.vectorOf(9L, 0L, 5L);
                var colour = TString.vectorOf("red", "blue", "blue");
                var answer = bundle.function(Signature.DEFAULT_KEY).call(Map.of("x", x, "count", count, "colour", colour))) {
            var label = (TString) answer.get("label").orElseThrow();
            var probabilities = StdArrays.array2dCopyOf((TFloat32) answer.get("probabilities").orElseThrow());

            assertThat(List.of(label.getObject(0), label.getObject(1), label.getObject(2))).containsExactly("bright", "dark", "mid");
            for (var row : probabilities) {
                assertThat(row[0] + row[1] + row[2]).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void aRegressionAnswersInTheLabelsOwnUnit() {
        var plan = Sample.regression();
        var model = trained("regression", plan, 8);

        var answers = ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head());

        var metrics = Judge.evaluate(new Head.Regression(), answers.getFirst()).metrics();
        assertThat(metrics.get("r2")).isGreaterThan(0.9);
        assertThat(metrics.get("mae")).isLessThan(4);
    }

    @Test
    void quantilesCoverAsManyLabelsAsTheySay() {
        var plan = Sample.quantile();
        var model = trained("quantile", plan, 8);

        var answers = ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head()).getFirst();

        assertThat(Judge.evaluate(plan.head(), answers).metrics().get("coverage")).isBetween(0.65, 0.92);
        for (int i = 0; i < answers.count(); i++) {
            assertThat(answers.score(i, 0)).isLessThanOrEqualTo(answers.score(i, 1));
            assertThat(answers.score(i, 1)).isLessThanOrEqualTo(answers.score(i, 2));
        }
    }

    @Test
    void aMultilabelModelAnswersEveryLabel() {
        var plan = Sample.multilabel();
        var model = trained("multilabel", plan, 8);

        var answers = ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head()).getFirst();

        assertThat(answers.width()).isEqualTo(2);
        assertThat(Judge.evaluate(plan.head(), answers).metrics().get("accuracy")).isGreaterThan(0.9);
    }

    static Stream<NetworkPlan> plans() {
        var window = new Layer.Window(2, 2, 1, Layer.Padding.SAME);
        var layers = List.<Layer>of(
            new Layer.Branches(Map.of(
                "wide", new Layer.Branch(List.of("colour"), List.of()),
                "deep", new Layer.Branch(List.of("x", "count"), List.of(new Layer.Dense(6, Layer.Activation.RELU, 0), new Layer.BatchNorm(0.8, 1e-3),
                    new Layer.Reshape(List.of(2, 3, 1)), new Layer.Residual(List.of(
                        new Layer.Conv2d(3, window, Layer.Activation.RELU, 0), new Layer.DepthwiseConv2d(1, window, Layer.Activation.LINEAR)),
                        Layer.Activation.RELU), new Layer.GlobalAveragePool()))), Layer.Combine.CONCAT),
            new Layer.Dropout(0.2), new Layer.LayerNorm());
        return Stream.of(
            new NetworkPlan(Sample.inputs(), layers, Sample.binary().head(), Sample.binary().target()),
            new NetworkPlan(Sample.inputs(), layers, Sample.quantile().head(), Sample.quantile().target()),
            new NetworkPlan(Sample.inputs(), layers, Sample.multilabel().head(), Sample.multilabel().target()),
            new NetworkPlan(Sample.inputs(), layers, Sample.multiclass().head(), Sample.multiclass().target(), null, Precision.BFLOAT16));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void anExportAnswersAsTheTrainingProcessDoes(NetworkPlan plan) {
        Path model;
        var expected = new Answers(ModelEvaluator.width(plan.head(), plan.target()), plan.target().column().width());
        try (var trainer = train(plan, 1); var heldOut = new HeldOut(plan, data)) {
            var name = "agrees-" + plan.head().getClass().getSimpleName();
            model = export(name, plan, trainer);
            heldOut.judge(folder.resolve(name + "-checkpoint").resolve("model"));
            heldOut.answers(expected, expected.width(), plan.target().column().width());
        }

        var answers = ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head()).getFirst();

        assertThat(answers.count()).isEqualTo(2_000);
        for (int i = 0; i < answers.count(); i++) {
            for (int k = 0; k < answers.width(); k++) {
                assertThat(answers.score(i, k)).isCloseTo(expected.score(i, k), within(1e-5f * Math.max(1, Math.abs(expected.score(i, k)))));
            }
        }
    }

    @Test
    void heldOutRecordsAreJudgedByTheHeadsMetricsAndTheLoss() {
        var plan = Sample.binary();
        try (var trainer = train(plan, 5); var heldOut = new HeldOut(plan, data)) {
            var checkpoint = folder.resolve("held-out").resolve("model");
            trainer.save(checkpoint);

            var metrics = heldOut.judge(checkpoint);

            assertThat(metrics).containsKeys("loss", "accuracy", "auc");
            assertThat(metrics.get("loss")).isCloseTo(metrics.get("logLoss"), within(1e-4));
            assertThat(metrics.get("accuracy")).isGreaterThan(0.9);
        }
    }

    @Test
    void severalModelsAreAskedAboutTheSameRecords() {
        var plan = Sample.binary();
        var good = trained("good", plan, 5);
        var bad = trained("bad", plan, 0);

        var answers = ModelEvaluator.answers(List.of(good, bad), data, plan.inputColumns(), plan.target(), plan.head());

        assertThat(answers).extracting(each -> each.count()).containsExactly(2_000, 2_000);
        double better = Judge.evaluate(plan.head(), answers.getFirst()).metrics().get("accuracy");
        double worse = Judge.evaluate(plan.head(), answers.getLast()).metrics().get("accuracy");
        assertThat(better).isGreaterThan(0.93).isGreaterThan(worse);
        for (int i = 0; i < 2_000; i += 100) {
            assertThat(answers.getFirst().label(i)).isEqualTo(answers.getLast().label(i));
        }
    }

    @Test
    void aBrokenModelCannotBeAsked() throws IOException {
        var plan = Sample.binary();
        var model = trained("broken", plan, 0);
        Files.writeString(model.resolve("saved_model.pb"), "not a model");

        assertThatThrownBy(() -> ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head()))
            .isInstanceOf(RuntimeException.class);
    }

    @Test
    void theExportNamesNoDevice() throws IOException {
        var model = trained("devices", Sample.binary(), 0);

        assertThat(new String(Files.readAllBytes(model.resolve("saved_model.pb")), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain("device:CPU").contains("layer_0/kernel");
    }

    @Test
    void anEmptyBatchHasAnEmptyAnswer() {
        var model = trained("empty", Sample.binary(), 0);

        try (var bundle = SavedModelBundle.load(model.toString(), "serve");
                var x = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(0));
                var count = TInt64.tensorOf(org.tensorflow.ndarray.Shape.of(0));
                var colour = TString.tensorOf(org.tensorflow.ndarray.NdArrays.ofObjects(String.class, org.tensorflow.ndarray.Shape.of(0)));
                var answer = bundle.function(Signature.DEFAULT_KEY)
                    .call(Map.<String, Tensor>of("x", x, "count", count, "colour", colour))) {
            assertThat(answer.get("probability").orElseThrow().shape().size()).isZero();
        }
    }

    private static Path trained(String name, NetworkPlan plan, int epochs) {
        try (var trainer = train(plan, epochs)) {
            return export(name, plan, trainer);
        }
    }

    private static MirroredTrainer train(NetworkPlan plan, int epochs) {
        var trainer = new MirroredTrainer(plan, Sample.adam(0.02), Sample.training(Math.max(1, epochs), 50, 2), data, Devices.cpus(2, 2));
        for (int epoch = 0; epoch < epochs; epoch++) {
            trainer.startEpoch(epoch, 0);
            while (trainer.next().isPresent()) {
                // To the end of the pass.
            }
        }
        return trainer;
    }

    private static Path export(String name, NetworkPlan plan, MirroredTrainer trainer) {
        var checkpoint = folder.resolve(name + "-checkpoint").resolve("model");
        trainer.save(checkpoint);
        var target = folder.resolve(name);
        try (var exporter = new ModelExporter(plan, checkpoint)) {
            exporter.export(target);
        }
        return target;
    }

    private static float forward(double[] x, float[] kernel, float[] bias, float[] head, float[] headBias) {
        double logit = headBias[0];
        for (int unit = 0; unit < bias.length; unit++) {
            double sum = bias[unit];
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * kernel[i * bias.length + unit];
            }
            logit += Math.max(0, sum) * head[unit];
        }
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
