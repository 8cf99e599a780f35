package dev.tideline.training.tensorflow;

import dev.tideline.training.model.DeviceChoice;
import dev.tideline.training.model.TrainingPlan;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;

/**
 * The devices that replicas run on.
 *
 * @param type    {@code CPU} or {@code GPU}
 * @param count   replicas; those on CPU are parts of one device and share its cores, and its copy of the variables
 * @param threads for the work inside operations; 0 takes all cores
 * @param cluster the workers that this process is one of; null when it trains alone
 */
public record Devices(DeviceSpec.DeviceType type, int count, int threads, @Nullable Cluster cluster) {

    private static final String LOCAL = "localhost";

    /**
     * The devices that a plan asks for, as far as this machine has them.
     *
     * @throws NoGpuException when it asks for GPUs and there is none
     */
    public static Devices of(TrainingPlan plan, int threads) {
        return of(plan, threads, Gpus::count);
    }

    static Devices of(TrainingPlan plan, int threads, IntSupplier gpus) {
        int found = plan.devices() == DeviceChoice.CPU ? 0 : gpus.getAsInt();
        if (found > 0) {
            // A replica needs a row of each batch.
            return new Devices(DeviceSpec.DeviceType.GPU, Math.min(found, plan.batchSize()), threads, null);
        }
        if (plan.devices() == DeviceChoice.GPU) {
            throw new NoGpuException();
        }
        return cpus(plan.replicas(), threads);
    }

    public static Devices cpus(int count, int threads) {
        return new Devices(DeviceSpec.DeviceType.CPU, count, threads, null);
    }

    /** The same devices in each worker of a cluster. */
    public Devices in(@Nullable Cluster cluster) {
        return new Devices(type, count, threads, cluster);
    }

    /** Replicas over all workers. */
    int replicas() {
        return count * (cluster == null ? 1 : cluster.size());
    }

    /** Number of this process's replica {@code index} among all. */
    int overall(int index) {
        return cluster == null ? index : cluster.rank() * count + index;
    }

    /** How many copies of the variables this process holds: one per device. */
    int copies() {
        return type == DeviceSpec.DeviceType.CPU ? 1 : count;
    }

    /** Which copy of the variables replica {@code index} works with. */
    int copy(int index) {
        return Math.min(index, copies() - 1);
    }

    /** How many copies there are over all workers: so many take part in a collective. */
    int participants() {
        return copies() * (cluster == null ? 1 : cluster.size());
    }

    DeviceSpec replica(int index) {
        return spec(type, copy(index));
    }

    /** Where records are read and parsed. */
    DeviceSpec host() {
        return spec(DeviceSpec.DeviceType.CPU, 0);
    }

    ConfigProto config() {
        var config = ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threadsPerOperation())
            .setAllowSoftPlacement(true)
            .setExperimental(ConfigProto.Experimental.newBuilder().setCollectiveGroupLeader(
                cluster == null ? "/job:" + LOCAL + "/replica:0/task:0" : Cluster.task(0)));
        if (cluster != null) {
            // Each worker runs its own graph on its own devices; only collectives meet.
            config.setIsolateSessionState(true).addDeviceFilters(Cluster.task(cluster.rank()));
        }
        switch (type) {
            case CPU -> { }
            case GPU -> config.getGpuOptionsBuilder().setAllowGrowth(true);
            default -> throw new IllegalArgumentException("devices: " + type + " (expected: CPU or GPU)");
        }
        return config.build();
    }

    /** Replicas side by side keep the cores busy; operations that also split themselves would wait for each other. */
    private int threadsPerOperation() {
        if (type != DeviceSpec.DeviceType.CPU || count == 1) {
            return threads;
        }
        int cores = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        return Math.max(1, cores / count);
    }

    private DeviceSpec spec(DeviceSpec.DeviceType type, int index) {
        return DeviceSpec.newBuilder().job(cluster == null ? LOCAL : Cluster.JOB).replica(0)
            .task(cluster == null ? 0 : cluster.rank()).deviceType(type).deviceIndex(index).build();
    }
}
