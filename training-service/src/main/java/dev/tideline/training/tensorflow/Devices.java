package dev.tideline.training.tensorflow;

import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;

/**
 * The devices that replicas run on.
 *
 * @param type    {@code CPU} or {@code GPU}
 * @param count   how many; CPUs beyond the first are virtual and share the cores
 * @param threads for the work inside operations; 0 takes all cores
 * @param cluster the workers that this process is one of; null when it trains alone
 */
public record Devices(DeviceSpec.DeviceType type, int count, int threads, @Nullable Cluster cluster) {

    private static final String LOCAL = "localhost";

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

    DeviceSpec replica(int index) {
        return spec(type, index);
    }

    /** Where records are read and parsed. */
    DeviceSpec host() {
        return spec(DeviceSpec.DeviceType.CPU, 0);
    }

    ConfigProto config() {
        var config = ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setAllowSoftPlacement(true)
            .setExperimental(ConfigProto.Experimental.newBuilder().setCollectiveGroupLeader(
                cluster == null ? "/job:" + LOCAL + "/replica:0/task:0" : Cluster.task(0)));
        if (cluster != null) {
            // Each worker runs its own graph on its own devices; only collectives meet.
            config.setIsolateSessionState(true).addDeviceFilters(Cluster.task(cluster.rank()));
        }
        switch (type) {
            case CPU -> config.putDeviceCount("CPU", count);
            case GPU -> config.getGpuOptionsBuilder().setAllowGrowth(true);
            default -> throw new IllegalArgumentException("devices: " + type + " (expected: CPU or GPU)");
        }
        return config.build();
    }

    private DeviceSpec spec(DeviceSpec.DeviceType type, int index) {
        return DeviceSpec.newBuilder().job(cluster == null ? LOCAL : Cluster.JOB).replica(0)
            .task(cluster == null ? 0 : cluster.rank()).deviceType(type).deviceIndex(index).build();
    }
}
