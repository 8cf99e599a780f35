package dev.tideline.monitoring.backtest;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.Slice;
import dev.tideline.features.DatasetManifest.Split;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Seals parts of a history as dataset versions, as ingest-service would, and has versions trained on them and asked. */
final class Laboratory {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** ingest-service's default: the newest fifth evaluates. */
    private static final SplitRule SPLIT = new SplitRule(SplitRule.By.TIME, 0.2);
    private static final String MODEL = "replay";

    private final History history;
    private final JsonNode definition;
    private final int threads;
    private final TrainingProcess process;
    private int trained;

    Laboratory(History history, JsonNode definition, int threads, TrainingProcess process) {
        this.history = history;
        this.definition = definition;
        this.threads = threads;
        this.process = process;
    }

    /** What became of a training. */
    sealed interface Outcome {
        record Trained(Version version) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    /** What a version says to a row. {@code score} is the probability of the second class of two, NaN for more. */
    record Answer(String label, float score) {}

    /** Trains on rows {@code from} to before {@code to}; the gate compares with {@code champion}. */
    Outcome train(int from, int to, @Nullable Version champion) {
        int number = ++trained;
        long begun = System.nanoTime();
        int evaluation = (int) Math.round((to - from) * SPLIT.evaluation());
        TreeMap<String, Split> splits = new TreeMap<>();
        splits.put(DatasetManifest.TRAIN, split(from, to - evaluation));
        splits.put(DatasetManifest.EVALUATION, split(to - evaluation, to));
        DatasetManifest manifest = new DatasetManifest("backtest", number, history.times().get(to - 1), new DataWindow.Last(to - from),
                SPLIT, history.schema(), from + "-" + to, to - from, splits);
        try {
            Path folder = Files.createDirectories(history.root().resolve("training-" + number));
            Path file = Files.writeString(folder.resolve("dataset.json"), DatasetManifestCodec.write(manifest).toString());
            ObjectNode order = JSON.createObjectNode().put("type", "train").put("number", number).put("folder", folder.toString())
                    .put("manifest", file.toString()).put("storageRoot", history.root().toString()).put("threads", threads);
            order.set("definition", definition);
            if (champion != null) {
                order.put("champion", champion.number());
            }
            JsonNode reply = process.ask(order);
            if (reply.get("type").asString().equals("failed")) {
                return new Outcome.Failed(reply.get("code").asString() + ": " + reply.get("message").asString());
            }
            List<String> classes = new ArrayList<>();
            reply.get("classes").forEach(each -> classes.add(each.asString()));
            ModelManifest published = new ModelStore(history.root()).manifest(MODEL, number);
            return new Outcome.Trained(new Version(number, reply.get("promoted").booleanValue(), reply.get("summary").asString(), classes,
                    published.baselines(), published.importance(), to - from, (System.nanoTime() - begun) / 1e9));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Answers of {@code version} to rows {@code from} to before {@code to}. */
    List<Answer> answers(Version version, int from, int to) {
        ObjectNode order = JSON.createObjectNode().put("type", "answer").put("number", version.number());
        order.putArray("parts").addObject().put("file", history.root().resolve(history.file()).toString())
                .put("skip", from).put("take", to - from);
        JsonNode reply = process.ask(order);
        if (reply.get("type").asString().equals("failed")) {
            throw new BacktestException("version " + version.number() + " does not answer: " + reply.get("message").asString());
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < to - from; i++) {
            JsonNode score = reply.get("scores").get(i);
            answers.add(new Answer(version.classes().get(reply.get("places").get(i).intValue()), score == null ? Float.NaN : score.floatValue()));
        }
        return answers;
    }

    private Split split(int from, int to) {
        StatisticsBuilder statistics = new StatisticsBuilder(history.schema());
        history.rows().subList(from, to).forEach(statistics::add);
        return new Split(to - from, to > from ? List.of(new Slice(history.file(), from, to - from)) : List.of(), statistics.build());
    }
}
