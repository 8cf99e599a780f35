package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GpusIT {

    @Test
    void asksTheLibraryThatTrains() {
        assertThat(Gpus.devices("CPU")).isEqualTo(1);
        assertThat(Gpus.devices("TPU")).isZero();
    }

    @Test
    void seesNoGpuWhereNoDriverIs() {
        assertThat(Gpus.count()).as("GPUs").matches(found -> found == 0 || Files.exists(Path.of("/dev/nvidiactl")));
    }
}
