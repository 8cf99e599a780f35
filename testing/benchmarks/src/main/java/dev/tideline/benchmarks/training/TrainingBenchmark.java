package dev.tideline.benchmarks.training;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import dev.tideline.training.model.InputPlan.Cache;
import dev.tideline.training.tensorflow.BareTrial;
import dev.tideline.training.tensorflow.FileTrial;
import dev.tideline.training.tensorflow.InputTrial;
import dev.tideline.training.tensorflow.MemoryTrial;
import dev.tideline.training.tensorflow.ReduceTrial;
import dev.tideline.training.tensorflow.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Measures what training is made of; see the README of this module for the command. */
public final class TrainingBenchmark {

    private final Options options;
    private final Path folder;
    private final Duel duel;

    private TrainingBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.duel = new Duel(options.repetitions(), options.seconds());
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        var folder = Files.createTempDirectory("tideline-training-benchmark");
        try {
            System.out.println(Duel.heading());
            new TrainingBenchmark(options, folder).run();
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() throws Exception {
        for (var part : options.parts()) {
            switch (part) {
                case INPUT -> each(this::input);
                case MEMORY -> each(this::memory);
                case REPLICAS -> each(this::replicas);
                case REDUCE -> reduce();
                case WORKERS -> each((workload, data) -> Workers.measure(workload, data.getFirst().file().getParent(), options));
                case OVERHEAD -> Overhead.measure(Files.createTempDirectory(folder, "overhead"), options.repetitions());
            }
        }
    }

    private interface Part {
        void run(Workload workload, List<FileSlice> data) throws Exception;
    }

    private void each(Part part) throws Exception {
        for (var workload : options.workloads()) {
            var own = Files.createTempDirectory(folder, workload.name());
            part.run(workload, workload.write(own));
        }
    }

    private void input(Workload workload, List<FileSlice> data) throws IOException {
        var standard = InputPlan.DEFAULT.settle(1, 0);
        var cached = InputPlan.DEFAULT.settle(2, 0);
        var parallel = new InputPlan(standard.cycleLength(), 2, Cache.NONE, true, standard.prefetch());
        var free = new InputPlan(standard.cycleLength(), 2, Cache.NONE, false, standard.prefetch());
        int buffer = 10_000;
        duel.run(workload.name() + ": records in order", 0.8, () -> new InputTrial(workload, data, standard, 0),
            () -> new BareTrial(workload, data, 0));
        duel.run(workload.name() + ": shuffled", 0.8, () -> new InputTrial(workload, data, standard, buffer),
            () -> new BareTrial(workload, data, buffer));
        duel.run(workload.name() + ": cached in memory", 0.8, () -> new InputTrial(workload, data, cached, buffer),
            () -> new BareTrial(workload, data, buffer));
        duel.run(workload.name() + ": two files at a time", 0.8, () -> new InputTrial(workload, data, parallel, buffer),
            () -> new BareTrial(workload, data, buffer));
        duel.run(workload.name() + ": the same in any order", 0.8, () -> new InputTrial(workload, data, free, buffer),
            () -> new BareTrial(workload, data, buffer));
    }

    private void memory(Workload workload, List<FileSlice> data) throws IOException {
        duel.run(workload.name() + ": from files / from memory", 0.9,
            () -> new FileTrial(workload, data, InputPlan.DEFAULT, 1, options.threads()),
            () -> new MemoryTrial(workload, 1, options.threads()));
        duel.run(workload.name() + ": the same, nothing cached", 0.9,
            () -> new FileTrial(workload, data, InputPlan.DEFAULT.settle(1, 0), 1, options.threads()),
            () -> new MemoryTrial(workload, 1, options.threads()));
    }

    private void replicas(Workload workload, List<FileSlice> data) throws IOException {
        duel.run(workload.name() + ": two replicas / one", 0.9, () -> new MemoryTrial(workload, 2, options.threads()),
            () -> new MemoryTrial(workload, 1, options.threads()));
    }

    private void reduce() throws IOException {
        for (int layers : new int[] {3, 10, 30}) {
            duel.run(layers + " layers: packed / one a variable", 2, () -> new ReduceTrial(layers, 1 << 20), () -> new ReduceTrial(layers, 1));
            duel.run(layers + " layers: on one device / one a variable", 2, () -> new ReduceTrial(layers, 0), () -> new ReduceTrial(layers, 1));
        }
    }
}
