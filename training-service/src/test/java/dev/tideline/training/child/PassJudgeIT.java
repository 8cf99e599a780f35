package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.input.HoldOut;
import dev.tideline.training.model.EarlyStopping;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.Schedule;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.tensorflow.Devices;
import dev.tideline.training.tensorflow.HeldOut;
import dev.tideline.training.tensorflow.MirroredTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line through points, fitted with a step so large that every pass makes it worse after the first. */
class PassJudgeIT {

    @TempDir
    private Path folder;

    private HoldOut cut;
    private final NetworkPlan plan = new NetworkPlan(
        List.of(new FrozenInput(Column.scalar("x", Kind.FLOAT, null), new FrozenInput.Frozen.Scale(0, 1))), List.of(),
        new Head.Regression(), new FrozenTarget.Number(Column.scalar("y", Kind.FLOAT, null), 0, 1));

    @BeforeEach
    void write() throws IOException {
        var file = folder.resolve("points.tfrecord");
        try (var writer = TfRecordWriter.create(file)) {
            for (int i = 0; i < 200; i++) {
                float x = (i % 20 - 10) / 10f;
                writer.write(Example.of(Map.of("x", Feature.floats(x), "y", Feature.floats(3 * x))).encode());
            }
        }
        cut = HoldOut.of(List.of(new FileSlice(file, 0, 200)), 0.2);
    }

    @Test
    void trainingStopsWhenItStopsToHelpAndTheBestWeightsAreKept() throws IOException {
        var rule = new EarlyStopping("loss", 2, 0, true, 0.2);
        var passes = folder.resolve("passes");
        int stopped = -1;
        // Each pass is one step; the rate overshoots after a while because it rises.
        try (var trainer = trainer(new Schedule.WarmUp(10, new Schedule.Constant(8))); var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), rule, passes)) {
            for (int pass = 0; pass < 10 && stopped < 0; pass++) {
                trainer.startEpoch(pass, 0);
                while (trainer.next().isPresent()) {
                    // To the end of the pass.
                }
                if (judge.judge(pass, trainer::save)) {
                    stopped = pass;
                }
            }

            assertThat(stopped).isBetween(2, 8);
            var chosen = judge.chosen(folder.resolve("last"));
            assertThat(chosen).isEqualTo(passes.resolve("pass-" + (stopped - 2)).resolve("model"));
            try (var again = new HeldOut(plan, cut.heldOut())) {
                trainer.save(folder.resolve("last").resolve("model"));
                assertThat(again.judge(chosen).get("loss")).isLessThan(again.judge(folder.resolve("last").resolve("model")).get("loss"));
            }
        }
        try (var kept = Files.list(passes)) {
            assertThat(kept.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("state.json", "pass-" + (stopped - 2));
        }
    }

    @Test
    void whatItKnowsSurvivesARestart() throws IOException {
        var rule = new EarlyStopping("rmse", 1, 0, true, 0.2);
        var passes = folder.resolve("passes");
        try (var trainer = trainer(new Schedule.Constant(0.1))) {
            try (var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), rule, passes)) {
                assertThat(judge.judge(0, trainer::save)).isFalse();
            }
            // Nothing was learnt in between: no improvement, and one pass is all the patience there is.
            try (var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), rule, passes)) {
                assertThat(judge.judge(0, trainer::save)).as("judged before").isFalse();
                assertThat(judge.judge(1, trainer::save)).isTrue();
            }
            try (var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), rule, passes)) {
                assertThat(judge.judge(1, trainer::save)).as("asked again after a crash").isTrue();
                assertThat(judge.chosen(folder)).isEqualTo(passes.resolve("pass-0").resolve("model"));
            }
        }
    }

    @Test
    void withoutRestoringTheLastWeightsAreTaken() throws IOException {
        var rule = new EarlyStopping("loss", 1, 0, false, 0.2);
        try (var trainer = trainer(new Schedule.Constant(0.1));
                var judge = new PassJudge(new HeldOut(plan, cut.heldOut()), rule, folder.resolve("passes"))) {
            judge.judge(0, trainer::save);

            assertThat(judge.chosen(folder.resolve("last"))).isEqualTo(folder.resolve("last"));
        }
    }

    private MirroredTrainer trainer(Schedule rate) {
        return new MirroredTrainer(plan, new Optimizer.Sgd(rate), new TrainingPlan(10, 200, 1, 1, 0, 0), cut.training(), Devices.cpus(1, 1));
    }
}
