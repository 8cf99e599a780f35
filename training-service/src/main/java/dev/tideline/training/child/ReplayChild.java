package dev.tideline.training.child;

import dev.tideline.features.BaselineCodec;
import dev.tideline.features.Baselines;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.training.gate.Verdict;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.tensorflow.ModelEvaluator;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Main class of a process that trains and answers for the replay of a history: the work of {@link TrainingChild}, order after order,
 * without a service around it. Reads a {@link ReplayOrder} a line, writes a {@link ReplayReply} a line, ends with its standard input.
 */
public final class ReplayChild {

    /** Name of the model in the store of a replay. */
    static final String MODEL = "replay";

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<Integer, Model> models = new HashMap<>();

    private ReplayChild() {}

    /** A model of this process, and what it needs to be asked. */
    private record Model(Path folder, NetworkPlan plan) {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        var child = new ReplayChild();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                out.writeBytes((child.reply(line) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
        // Native threads have nothing left to do.
        Runtime.getRuntime().halt(0);
    }

    private String reply(String line) {
        ReplayReply reply;
        try {
            reply = switch (json.readValue(line, ReplayOrder.class)) {
                case ReplayOrder.Train train -> train(train);
                case ReplayOrder.Answer answer -> answer(answer);
            };
        } catch (RuntimeException | IOException failure) {
            failure.printStackTrace(System.err);
            var told = Diagnosis.of(failure);
            reply = new ReplayReply.Failed(told.code(), told.message());
        }
        return json.writerFor(ReplayReply.class).writeValueAsString(reply);
    }

    private ReplayReply train(ReplayOrder.Train train) throws IOException {
        var store = new ModelStore(Path.of(train.storageRoot()));
        var folder = Path.of(train.folder());
        var champion = train.champion() == null ? null : known(train.champion()).folder().toString();
        var definition = DefinitionReader.read(train.definition());
        var data = DatasetManifestCodec.read(Path.of(train.manifest()));
        try (var draft = store.draft(MODEL, train.number(), 1)) {
            var order = new ChildOrder(MODEL + "-" + train.number(), MODEL, 1, train.definition(), train.manifest(), train.storageRoot(),
                champion, draft.path().toString(), folder.resolve("checkpoints").toString(), folder.resolve("board").toString(), 1,
                List.of(), 0, train.threads(), NEVER, NEVER);
            var finished = (ChildMessage.Finished) new ChildWork(order, Reporter.silent(), new Pulse()).run();
            draft.publish(manifest(train, definition, data, finished));
            var plan = NetworkPlan.of(definition, data.schema(), data.splits().get(DatasetManifest.TRAIN).statistics());
            models.put(train.number(), new Model(store.folder(MODEL, train.number()), plan));
            return new ReplayReply.Trained(finished.verdict() instanceof Verdict.Promote, finished.verdict().summary(),
                finished.candidate().metrics(), classes(plan), finished.steps());
        }
    }

    private static ModelManifest manifest(
            ReplayOrder.Train train, ModelDefinition definition, DatasetManifest data, ChildMessage.Finished finished) {
        var baselines = new TreeMap<>(Baselines.from(data.splits().get(DatasetManifest.TRAIN).statistics(), data.schema().inputs()));
        baselines.putAll(BaselineCodec.read(finished.outputs()));
        Long parent = train.champion() == null ? null : train.champion().longValue();
        return new ModelManifest(MODEL, train.number(), data.sealedAt(), data.dataset(), data.version(), data.contentHash(), data.schema(),
            definition.training().seed(), parent, finished.candidate().metrics(), baselines, finished.importance(), null, new TreeMap<>());
    }

    private ReplayReply answer(ReplayOrder.Answer order) {
        var model = known(order.number());
        var slices = order.parts().stream().map(part -> new FileSlice(Path.of(part.file()), part.skip(), part.take())).toList();
        var answers = ModelEvaluator.answers(List.of(model.folder()), slices, model.plan().inputColumns(), model.plan().target(),
            model.plan().head()).getFirst();
        var places = new int[answers.count()];
        var scores = new float[answers.width() == 1 ? answers.count() : 0];
        for (int i = 0; i < places.length; i++) {
            places[i] = OutputBaselines.best(answers, i);
            if (scores.length > 0) {
                scores[i] = answers.score(i, 0);
            }
        }
        return new ReplayReply.Answered(places, scores);
    }

    private Model known(int number) {
        var model = models.get(number);
        if (model == null) {
            throw new ChildException(ChildFailure.INTERNAL, "training: " + number + " (expected: one of " + models.keySet() + ")");
        }
        return model;
    }

    private static List<String> classes(NetworkPlan plan) {
        if (plan.target() instanceof FrozenTarget.Classes target) {
            return target.classes();
        }
        throw new ChildException(ChildFailure.UNTRAINABLE, "head: " + plan.head() + " (expected: binary or multiclass, as a replay counts right answers)");
    }
}
