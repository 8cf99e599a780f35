package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void aKnownFailureKeepsItsCodeHoweverDeepItLies() {
        var known = new ChildException(ChildFailure.MISSING_SHARD, "shard: a (expected: there)");

        assertThat(Diagnosis.of(new IllegalStateException("outer", known)))
            .isEqualTo(new ChildMessage.Failed(ChildFailure.MISSING_SHARD, "shard: a (expected: there)"));
    }

    @Test
    void aFullDiskIsRecognised() {
        IOException full = null;
        try {
            Files.writeString(Path.of("/dev/full"), "anything");
        } catch (IOException e) {
            full = e;
        }

        var failed = Diagnosis.of(new IllegalStateException("could not save", full));

        assertThat(failed.code()).isEqualTo(ChildFailure.DISK_FULL);
        assertThat(failed.message()).isEqualTo(
            "disk: No space left on device (expected: room for two checkpoints and the model below the storage root)");
    }

    @Test
    void tensorFlowsWantOfMemoryIsRecognised() {
        var failed = Diagnosis.of(new IllegalStateException("OOM when allocating tensor with shape[9,9]\n\t [[node x]]"));

        assertThat(failed.code()).isEqualTo(ChildFailure.OUT_OF_MEMORY);
        assertThat(failed.message()).startsWith("memory: OOM when allocating tensor with shape[9,9] (expected: ");
    }

    @Test
    void theRestIsInternal() {
        assertThat(Diagnosis.of(new IllegalStateException("odd")))
            .isEqualTo(new ChildMessage.Failed(ChildFailure.INTERNAL, "java.lang.IllegalStateException: odd"));
    }
}
