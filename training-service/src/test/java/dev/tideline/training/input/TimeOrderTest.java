package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeOrderTest {

    @Test
    void recordsOfOneFileKeepTheirOrder() {
        assertThat(TimeOrder.of(List.of(slice("d-0-0-9-ab.tfrecord", 0, 4)))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void partitionsOfTheSameSpanAreMerged() {
        var order = TimeOrder.of(List.of(slice("d-0-0-9-ab.tfrecord", 0, 2), slice("d-1-0-9-cd.tfrecord", 5, 4)));

        // Relative places: 0.25, 0.75 of the first; 0.125, 0.375, 0.625, 0.875 of the second.
        assertThat(order).containsExactly(2, 0, 3, 4, 1, 5);
    }

    @Test
    void filesOfOnePartitionFollowEachOther() {
        assertThat(TimeOrder.of(List.of(slice("my-data-3-0-9-evaluation-ab.tfrecord", 0, 2), slice("my-data-3-10-19-evaluation-cd.tfrecord", 0, 2))))
            .containsExactly(0, 1, 2, 3);
    }

    @Test
    void filesOfOtherNamesAreTakenAsTheyCome() {
        assertThat(TimeOrder.of(List.of(slice("a.tfrecord", 0, 2), slice("b.tfrecord", 0, 1)))).containsExactly(0, 1, 2);
    }

    @Test
    void theNewestOfEveryPartitionAreKeptInItsShare() {
        var slices = List.of(slice("d-0-0-9-a.tfrecord", 1, 6), slice("d-0-10-19-b.tfrecord", 0, 4), slice("d-1-0-9-c.tfrecord", 0, 10));

        assertThat(TimeOrder.newest(slices, 10)).containsExactly(
            slice("d-0-0-9-a.tfrecord", 6, 1), slice("d-0-10-19-b.tfrecord", 0, 4), slice("d-1-0-9-c.tfrecord", 5, 5));
        assertThat(TimeOrder.newest(slices, 20)).isEqualTo(slices);
        assertThat(FileSlice.records(TimeOrder.newest(slices, 7))).isBetween(6L, 8L);
    }

    private static FileSlice slice(String name, long skip, long take) {
        return new FileSlice(Path.of("/data", name), skip, take);
    }
}
