package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.training.model.DeviceChoice;
import dev.tideline.training.model.InputPlan;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.TrainingPlan;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.DeviceSpec.DeviceType;

class DevicesTest {

    private static TrainingPlan plan(DeviceChoice devices, int batchSize) {
        return new TrainingPlan(1, batchSize, 3, 1, 0, 0, Precision.FLOAT32, null, InputPlan.DEFAULT, false, 1, false, devices);
    }

    private static Devices found(DeviceChoice choice, int batchSize, IntSupplier gpus) {
        return Devices.of(plan(choice, batchSize), 2, gpus);
    }

    @Test
    void autoTakesAllGpusWithACopyOfTheVariablesEach() {
        var devices = found(DeviceChoice.AUTO, 64, () -> 4);

        assertThat(devices.type()).isEqualTo(DeviceType.GPU);
        assertThat(devices.count()).isEqualTo(4);
        assertThat(devices.copies()).isEqualTo(4);
        assertThat(devices.replica(3).toString()).contains("GPU:3");
        assertThat(devices.host().toString()).contains("CPU:0");
        assertThat(devices.config().getGpuOptions().getAllowGrowth()).isTrue();
    }

    @Test
    void autoTakesTheReplicasOfThePlanOnAMachineWithoutGpus() {
        assertThat(found(DeviceChoice.AUTO, 64, () -> 0)).isEqualTo(Devices.cpus(3, 2));
    }

    @Test
    void cpuDoesNotEvenAskForGpus() {
        assertThat(found(DeviceChoice.CPU, 64, () -> { throw new AssertionError("asked"); })).isEqualTo(Devices.cpus(3, 2));
    }

    @Test
    void noGpuIsLeftWithoutARow() {
        assertThat(found(DeviceChoice.GPU, 2, () -> 8).count()).isEqualTo(2);
    }

    @Test
    void gpusThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> found(DeviceChoice.GPU, 64, () -> 0)).isInstanceOf(NoGpuException.class)
            .hasMessageContaining("devices: gpu").hasMessageContaining("-Pgpu").hasMessageContaining("auto");
    }
}
