package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");

    @Test
    void everyRecordIsInOneLane() {
        var random = new SplittableRandom(5);
        for (int round = 0; round < 500; round++) {
            var files = new ArrayList<FileSlice>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                files.add(new FileSlice(Path.of("f" + i), random.nextInt(0, 9), random.nextInt(1, 60)));
            }
            int count = random.nextInt(1, 5);
            long records = FileSlice.records(files);
            if (records < count) {
                continue;
            }
            var lanes = new Lanes(records, count, count * random.nextInt(1, 20));

            var all = new ArrayList<String>();
            for (int lane = 0; lane < count; lane++) {
                var own = lanes.slices(files, lane);
                assertThat(FileSlice.records(own)).isEqualTo(lanes.records(lane));
                own.forEach(slice -> names(slice, all));
            }

            var expected = new ArrayList<String>();
            files.forEach(slice -> names(slice, expected));
            assertThat(all).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theBatchesOfAllLanesCoverThePass() {
        for (int records = 3; records < 80; records++) {
            var lanes = new Lanes(records, 3, 12);
            long sum = 0;
            for (long batch = 0; batch < lanes.batches(); batch++) {
                long current = batch;
                assertThat(IntStream.range(0, 3).map(lane -> lanes.rows(lane, current)).sum()).isEqualTo(lanes.examples(batch));
                assertThat(lanes.examples(batch)).isBetween(1, 12);
                sum += lanes.examples(batch);
            }
            assertThat(sum).isEqualTo(records);
        }
    }

    @Test
    void oneLaneIsTheWholeData() {
        var files = List.of(new FileSlice(A, 2, 5), new FileSlice(B, 0, 7));

        assertThat(new Lanes(12, 1, 5).slices(files, 0)).isEqualTo(files);
    }

    @Test
    void aLaneMayBeginInTheMiddleOfAFile() {
        var files = List.of(new FileSlice(A, 2, 5), new FileSlice(B, 0, 7));
        var lanes = new Lanes(12, 2, 4);

        assertThat(lanes.slices(files, 0)).containsExactly(new FileSlice(A, 2, 5), new FileSlice(B, 0, 1));
        assertThat(lanes.slices(files, 1)).containsExactly(new FileSlice(B, 1, 6));
    }

    @Test
    void fewerWorkersShareTheSameLanes() {
        var lanes = new Lanes(100, 3, 12);

        assertThat(lanes.of(0, 3)).containsExactly(0);
        assertThat(lanes.of(0, 2)).containsExactly(0, 2);
        assertThat(lanes.of(1, 2)).containsExactly(1);
        assertThat(lanes.of(0, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void batchesMustBeDivisible() {
        assertThatThrownBy(() -> new Lanes(100, 3, 10)).hasMessage("batchSize: 10 (expected: a multiple of the number of workers, 3)");
    }

    @Test
    void everyWorkerNeedsARecord() {
        assertThatThrownBy(() -> new Lanes(2, 3, 9)).hasMessage("training records: 2 (expected: at least one per worker, 3)");
    }

    private static void names(FileSlice slice, List<String> names) {
        for (long i = slice.skip(); i < slice.skip() + slice.take(); i++) {
            names.add(slice.file() + ":" + i);
        }
    }
}
