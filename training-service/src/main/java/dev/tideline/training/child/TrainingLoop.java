package dev.tideline.training.child;

import dev.tideline.training.child.Checkpoints.Position;
import dev.tideline.training.tensorflow.EventFile;
import dev.tideline.training.tensorflow.MirroredTrainer;
import dev.tideline.training.tensorflow.StepReport;
import dev.tideline.training.tensorflow.UnreadableCheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Passes over the data with progress messages and checkpoints; goes on from the newest checkpoint. */
final class TrainingLoop {

    private final MirroredTrainer trainer;
    private final ChildOrder order;
    private final Checkpoints checkpoints;
    private final Reporter reporter;
    private final Pulse pulse;
    private final LongSupplier nanos;
    private final int epochs;
    private final EventFile board;
    private final Verdicts verdicts;
    private Rate rate;
    private long checkpointed;
    private boolean told;

    TrainingLoop(MirroredTrainer trainer, int epochs, Verdicts verdicts, ChildOrder order, Reporter reporter, Pulse pulse,
            EventFile board, LongSupplier nanos) {
        this.trainer = trainer;
        this.verdicts = verdicts;
        this.epochs = epochs;
        this.order = order;
        this.checkpoints = new Checkpoints(Path.of(order.checkpoints()), order.attempt());
        this.reporter = reporter;
        this.pulse = pulse;
        this.board = board;
        this.nanos = nanos;
        this.rate = new Rate(nanos);
        this.checkpointed = nanos.getAsLong();
    }

    /** What training left behind: the first worker has a checkpoint. */
    record Trained(@Nullable Path checkpoint, long steps, double examplesPerSecond) {}

    Trained run() throws IOException {
        var damaged = new ArrayList<String>();
        var start = resume(damaged);
        trainer.agree();
        board.startAt(start.step());
        reporter.report(new ChildMessage.Training(trainer.steps(), epochs, start.step(), damaged));
        rate = new Rate(nanos);
        long batch = start.batch();
        for (int epoch = start.epoch(); epoch < epochs; epoch++) {
            trainer.startEpoch(epoch, batch);
            long seen = batch * trainer.batchSize();
            for (var step = trainer.next(); step.isPresent(); step = trainer.next()) {
                batch++;
                pulse.step();
                seen += step.get().examples();
                check(step.get());
                rate.add(step.get().examples(), step.get().loss(), step.get().waitedSeconds());
                pause(new Position(epoch, batch, trainer.step()));
            }
            if (seen < trainer.records()) {
                throw new ChildException(ChildFailure.CORRUPT_RECORDS, "records in pass " + (epoch + 1) + ": " + seen
                    + " (expected: " + trainer.records() + ", as the dataset version says; a shard is too short)");
            }
            batch = 0;
            if (verdicts.wanted()) {
                pulse.free();
                // One worker judges; all stop together.
                if (trainer.agree(verdicts.over(epoch, trainer::save))) {
                    break;
                }
            }
        }
        progress(epochs - 1);
        var prefix = save(new Position(epochs, 0, trainer.step()));
        return new Trained(prefix == null ? null : verdicts.chosen(prefix), trainer.step(), rate.overall());
    }

    /** All workers hold the same; the first one writes it down. */
    private @Nullable Path save(Position position) throws IOException {
        return order.first() ? checkpoints.save(position, trainer::save) : null;
    }

    /** Restores the newest checkpoint that can be read; what cannot is removed and named in {@code damaged}. */
    private Position resume(List<String> damaged) throws IOException {
        for (var checkpoint : checkpoints.all()) {
            try {
                trainer.restore(checkpoint.prefix(), checkpoint.position().step());
                return checkpoint.position();
            } catch (UnreadableCheckpointException unreadable) {
                damaged.add(unreadable.getMessage());
                if (order.first()) {
                    checkpoints.discard(checkpoint);
                }
            }
        }
        return new Position(0, 0, 0);
    }

    private void check(StepReport report) throws IOException {
        if (!Float.isFinite(report.loss())) {
            // The weights of this very step made the loss what it is, and may have been saved before it was known.
            for (var checkpoint : checkpoints.all()) {
                if (order.first() && checkpoint.position().step() >= trainer.step() - 1) {
                    checkpoints.discard(checkpoint);
                }
            }
            throw new ChildException(ChildFailure.LOSS_NOT_FINITE, "loss at step " + trainer.step() + ": " + report.loss()
                + " (expected: a finite number; a smaller learning rate or clipNorm may help)");
        }
    }

    private void pause(Position position) throws IOException {
        // The first step is told at once: whoever asked for the job sees that it goes on.
        if (!told || rate.secondsSinceLast() * 1_000 >= order.progressMillis()) {
            told = true;
            progress(position.epoch());
        }
        if ((nanos.getAsLong() - checkpointed) / 1_000_000 >= order.checkpointMillis()) {
            save(position);
            checkpointed = nanos.getAsLong();
        }
    }

    private void progress(int epoch) throws IOException {
        double perStep = trainer.step() == 0 ? 0 : rate.secondsSinceLast();
        double speed = rate.examplesPerSecond();
        long left = Math.max(0, trainer.steps() - trainer.step());
        double eta = speed > 0 && perStep > 0 ? left * trainer.batchSize() / speed : 0;
        reporter.report(new ChildMessage.Progress(epoch + 1, epochs, trainer.step(), trainer.steps(), speed, eta, rate.meanLoss(),
            rate.inputWait()));
        board.scalars(trainer.step(), Map.of("loss", rate.meanLoss(), "examples_per_second", speed, "epoch", epoch + 1.0));
        rate.restart();
    }
}
