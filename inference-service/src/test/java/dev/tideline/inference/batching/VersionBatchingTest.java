package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionBatchingTest {

    private static final ServableId TRIPS = new ServableId("trips", 7);
    private static final BatchingProperties ALL =
            new BatchingProperties(256, Duration.ofMillis(2), 10_000, 3, List.of(), true, false, 9, null);
    private static final ModelBatching.Own SMALL = new ModelBatching.Own(64, null, null, null, null, null, null, null);

    @TempDir
    Path folder;

    private static VersionBatching batching(boolean files) {
        return new VersionBatching(ALL, new ModelBatching(Map.of("trips", SMALL), files));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("batching_params.pbtxt"), text);
    }

    @Test
    void versionsGoByTheirOwnFile() throws IOException {
        write("max_batch_size { value: 128 } batch_timeout_micros { value: 500 } max_enqueued_batches { value: 4 } num_batch_threads { value: 8 } "
                + "allowed_batch_sizes: 32 allowed_batch_sizes: 128");
        VersionBatching batching = batching(true);
        batching.check(TRIPS, folder);

        assertThat(batching.of(TRIPS)).isEqualTo(
                new BatchingProperties(128, Duration.ofNanos(500_000), 512, 3, List.of(32, 128), false, false, 9, null));
        assertThat(batching.of(new ServableId("trips", 8)).maxRows()).isEqualTo(64);
    }

    @Test
    void whatAFileLeavesOutIsAsInTensorFlowServing() throws IOException {
        write("");
        VersionBatching batching = batching(true);
        batching.check(TRIPS, folder);

        assertThat(batching.of(TRIPS)).satisfies(own -> {
            assertThat(own.maxRows()).isEqualTo(1000);
            assertThat(own.maxWait()).isZero();
            assertThat(own.queueRows()).isEqualTo(10_000);
        });
    }

    @Test
    void filesCountOnlyWhenTheyAreWanted() throws IOException {
        write("max_batch_size { value: 128 }");
        VersionBatching batching = batching(false);
        batching.check(TRIPS, folder);

        assertThat(batching.of(TRIPS).maxRows()).isEqualTo(64);
        assertThat(batching.of(new ServableId("other", 1))).isEqualTo(ALL);
    }

    @Test
    void endedVersionsAreForgotten() throws IOException {
        write("max_batch_size { value: 128 }");
        VersionBatching batching = batching(true);
        batching.check(TRIPS, folder);
        batching.changed(TRIPS, new VersionState.End(StatusCode.OK, ""));

        assertThat(batching.of(TRIPS).maxRows()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "max_batch | Error parsing text-format tensorflow.serving.BatchingParameters",
        "max_batch_size { value: 0 } | max-rows: 0 (expected: at least 1)",
        "max_batch_size { value: 99999999999 } | (expected: numbers that fit 32 bits)",
        "max_batch_size { value: 8 } allowed_batch_sizes: 4 | allowed-rows: [4] (expected: the last equal to max-rows, 8)",
        "max_batch_size { value: 4 } allowed_batch_sizes: 4 allowed_batch_sizes: 2 | (expected: strictly rising)"
    })
    void versionsWhoseFileMakesNoSenseAreRefused(String text, String reason) throws IOException {
        write(text);
        VersionBatching batching = batching(true);

        assertThatThrownBy(() -> batching.check(TRIPS, folder)).isInstanceOfSatisfying(StatusException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
            assertThat(refusal.text()).startsWith("batching_params.pbtxt: ").contains(reason);
        });
        assertThat(batching.of(TRIPS).maxRows()).isEqualTo(64);
    }
}
