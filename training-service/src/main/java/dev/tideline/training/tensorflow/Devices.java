package dev.tideline.training.tensorflow;

import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;

/**
 * The devices that replicas run on.
 *
 * @param type    {@code CPU} or {@code GPU}
 * @param count   how many; CPUs beyond the first are virtual and share the cores
 * @param threads for the work inside operations; 0 takes all cores
 */
public record Devices(DeviceSpec.DeviceType type, int count, int threads) {

    private static final String LEADER = "/job:localhost/replica:0/task:0";

    public static Devices cpus(int count, int threads) {
        return new Devices(DeviceSpec.DeviceType.CPU, count, threads);
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
            .setExperimental(ConfigProto.Experimental.newBuilder().setCollectiveGroupLeader(LEADER));
        switch (type) {
            case CPU -> config.putDeviceCount("CPU", count);
            case GPU -> config.getGpuOptionsBuilder().setAllowGrowth(true);
            default -> throw new IllegalArgumentException("devices: " + type + " (expected: CPU or GPU)");
        }
        return config.build();
    }

    private static DeviceSpec spec(DeviceSpec.DeviceType type, int index) {
        return DeviceSpec.newBuilder().job("localhost").replica(0).task(0).deviceType(type).deviceIndex(index).build();
    }
}
