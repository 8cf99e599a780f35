package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

class ExportProofIT {

    @TempDir
    static Path folder;

    private static List<FileSlice> data;
    private static List<byte[]> examples;

    @BeforeAll
    static void writeRecords() {
        data = Sample.write(folder, 500, 1);
        examples = Sample.read(data).stream().limit(20).map(example -> example.encode()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "multiclass", "multilabel", "regression", "quantile"})
    void bothSignaturesOfEveryHeadAgreeWithTheTrainedGraph(String head) {
        var plan = plan(head);
        var model = folder.resolve("agree-" + head);

        try (var exporter = export(plan, model)) {
            exporter.prove(model, "m", examples);
        }

        try (var bundle = SavedModelBundle.load(model.toString(), "serve");
                var batch = TString.tensorOfBytes(NdArrays.vectorOfObjects(examples.toArray(byte[][]::new)));
                var answer = bundle.function("serialized_example").call(Map.of("inputs", batch))) {
            var method = bundle.function("serialized_example").signature().methodName();
            var expected = ModelEvaluator.answers(List.of(model), data, plan.inputColumns(), plan.target(), plan.head()).getFirst();
            switch (head) {
                case "binary", "multiclass" -> {
                    assertThat(method).isEqualTo("tensorflow/serving/classify");
                    var scores = (TFloat32) answer.get("scores").orElseThrow();
                    int last = (int) scores.shape().size(1) - 1;
                    assertThat(scores.shape().size(0)).isEqualTo(20);
                    assertThat(((TString) answer.get("classes").orElseThrow()).getObject(19, last)).isEqualTo(head.equals("binary") ? "1" : "mid");
                    assertThat(scores.getFloat(7, last)).isCloseTo(expected.score(7, head.equals("binary") ? 0 : last), within(1e-5f));
                }
                case "multilabel" -> {
                    assertThat(method).isEqualTo("tensorflow/serving/predict");
                    assertThat(((TFloat32) answer.get("probabilities").orElseThrow()).getFloat(7, 1)).isCloseTo(expected.score(7, 1), within(1e-5f));
                }
                default -> {
                    assertThat(method).isEqualTo("tensorflow/serving/regress");
                    assertThat(((TFloat32) answer.get("outputs").orElseThrow()).getFloat(7))
                        .isCloseTo(expected.score(7, head.equals("quantile") ? 1 : 0), within(1e-3f));
                }
            }
        }
    }

    @Test
    void changedWeightsAreRefused() throws IOException {
        var model = folder.resolve("changed");
        try (var exporter = export(Sample.binary(), model)) {
            // Another model's weights: it loads, and answers something else.
            var other = folder.resolve("other");
            export(Sample.binary(), other, 3).close();
            for (var name : List.of("variables.index", "variables.data-00000-of-00001")) {
                Files.copy(other.resolve("variables").resolve(name), model.resolve("variables").resolve(name),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }

            assertThatThrownBy(() -> exporter.prove(model, "m", examples)).isInstanceOf(BrokenExportException.class)
                .hasMessageContaining("signature serving_default, output ").hasMessageContaining("as in the trained graph");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.pb", "variables/variables.index"})
    void aDamagedFileIsRefused(String file) throws IOException {
        var model = folder.resolve("damaged-" + file.replace('/', '-'));
        try (var exporter = export(Sample.binary(), model)) {
            var bytes = Files.readAllBytes(model.resolve(file));
            Files.write(model.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length / 2));

            assertThatThrownBy(() -> exporter.prove(model, "m", examples)).isInstanceOf(BrokenExportException.class)
                .hasMessageContaining("it cannot be loaded");
            assertThat(model.resolve(WarmUpRequests.PATH)).doesNotExist();
        }
    }

    @Test
    void warmUpRequestsAreThePredictionLogsOfRealExamples() throws IOException {
        var model = folder.resolve("warm");
        try (var exporter = export(Sample.binary(), model)) {
            exporter.prove(model, "weather", examples);
        }

        var logs = new ArrayList<PredictionLog>();
        try (var reader = TfRecordReader.open(model.resolve("assets.extra/tf_serving_warmup_requests"))) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                logs.add(PredictionLog.parseFrom(record));
            }
        }
        assertThat(logs).hasSize(2);
        var predict = logs.get(0).getPredictLog().getRequest();
        assertThat(predict.getModelSpec().getName()).isEqualTo("weather");
        assertThat(predict.getModelSpec().getSignatureName()).isEqualTo("serving_default");
        var inputs = predict.getInputsMap();
        assertThat(inputs).containsOnlyKeys("colour", "count", "x");
        assertThat(inputs.get("count").getInt64ValCount()).isEqualTo(20);
        assertThat(inputs.get("x").getTensorShape().getDimCount()).isEqualTo(1);
        var first = Sample.read(data).getFirst();
        assertThat(inputs.get("colour").getStringVal(0).toStringUtf8()).isEqualTo(
            ((dev.tideline.tfrecord.Feature.Bytes) first.features().get("colour")).text(0));
        var classify = logs.get(1).getClassifyLog().getRequest();
        assertThat(classify.getModelSpec().getSignatureName()).isEqualTo("serialized_example");
        assertThat(classify.getInput().getExampleList().getExamplesList()).hasSize(20).first()
            .isEqualTo(org.tensorflow.proto.Example.parseFrom(examples.getFirst()));
    }

    private static NetworkPlan plan(String head) {
        return switch (head) {
            case "binary" -> Sample.binary();
            case "multiclass" -> Sample.multiclass();
            case "multilabel" -> Sample.multilabel();
            case "regression" -> Sample.regression();
            default -> Sample.quantile();
        };
    }

    private static ModelExporter export(NetworkPlan plan, Path model) {
        return export(plan, model, 1);
    }

    private static ModelExporter export(NetworkPlan plan, Path model, int epochs) {
        var checkpoint = model.resolveSibling(model.getFileName() + "-checkpoint").resolve("model");
        try (var trainer = new MirroredTrainer(plan, Sample.adam(0.02), Sample.training(epochs, 50, 1), data, Devices.cpus(1, 1))) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                trainer.startEpoch(epoch, 0);
                while (trainer.next().isPresent()) {
                    // To the end of the pass.
                }
            }
            trainer.save(checkpoint);
        }
        var exporter = new ModelExporter(plan, checkpoint);
        exporter.export(model);
        return exporter;
    }
}
