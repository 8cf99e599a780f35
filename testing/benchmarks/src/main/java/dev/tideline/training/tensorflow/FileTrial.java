package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.model.InputPlan;
import java.util.List;

/** Steps of training as a job makes them: from TFRecord files, shuffled. */
public final class FileTrial implements Trial {

    private final MirroredTrainer trainer;
    private int epoch;

    public FileTrial(Workload workload, List<FileSlice> data, InputPlan input, int replicas, int threads) {
        this(workload, data, input, replicas, Devices.cpus(replicas, threads), 1);
    }

    FileTrial(Workload workload, List<FileSlice> data, InputPlan input, int replicas, Devices devices, int lanes) {
        trainer = new MirroredTrainer(workload.plan(), Workload.optimizer(), workload.training(replicas, input), data, devices,
            new Lanes(FileSlice.records(data), lanes, workload.batchSize()), null);
        trainer.agree();
        trainer.startEpoch(0, 0);
    }

    @Override
    public int once() {
        while (trainer.next().isEmpty()) {
            trainer.startEpoch(++epoch, 0);
        }
        return 1;
    }

    @Override
    public long pass() {
        return trainer.steps() / Workload.PASSES;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
