package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One worker process; the first one prints its steps per second. */
public final class WorkerTrial {

    private WorkerTrial() {}

    /** Arguments: workload, folder with its records, seconds, rank, addresses of all workers (none: alone). */
    public static void main(String[] args) throws Exception {
        var workload = switch (args[0]) {
            case "table" -> Workload.table();
            case "mlp" -> Workload.mlp();
            default -> Workload.cnn();
        };
        double seconds = Double.parseDouble(args[2]);
        var addresses = List.of(args).subList(4, args.length);
        var cluster = addresses.isEmpty() ? null : new Cluster(addresses, Integer.parseInt(args[3]));
        int lanes = Math.max(1, addresses.size());
        try (var trial = new FileTrial(workload, slices(workload, Path.of(args[1])), InputPlan.DEFAULT, 1, Devices.cpus(1, 1).in(cluster), lanes)) {
            trial.rate(seconds);
            double rate = trial.rate(seconds);
            System.out.println(rate);
            System.out.flush();
            if (args[3].equals("0")) {
                Runtime.getRuntime().halt(0);
            }
            // Others stop when the first one does.
            trial.rate(60);
        }
    }

    private static List<FileSlice> slices(Workload workload, Path folder) throws Exception {
        var slices = new ArrayList<FileSlice>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.getFileName().toString().startsWith(workload.name() + "-")).sorted().toList()) {
                slices.add(new FileSlice(file, 0, 0));
            }
        }
        int each = workload.records() / slices.size();
        return slices.stream().map(slice -> new FileSlice(slice.file(), 0, each)).toList();
    }
}
