package dev.tideline.ingest.version;

import static dev.tideline.ingest.version.WindowPlan.EVALUATION;
import static dev.tideline.ingest.version.WindowPlan.TRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.ingest.shard.ShardFile;
import dev.tideline.ingest.shard.TimeIndex;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

    private static final SplitRule NO_EVALUATION = new SplitRule(SplitRule.By.TIME, 0);
    private static final SplitRule LAST_FIFTH = new SplitRule(SplitRule.By.TIME, 0.2);
    private static final SplitRule BY_KEY = new SplitRule(SplitRule.By.KEY, 0.5);

    private final ShardFile left = file(1, 0, null, 0, 10, 20, 30, 40);
    private final ShardFile right = file(2, 1, null, 0, 5, 15, 25, 35, 45);

    @Test
    void takesEveryRecordOfEveryFileForAll() {
        WindowPlan plan = WindowPlan.of(List.of(right, left), new DataWindow.All(), NO_EVALUATION);

        assertThat(plan.splits().get(TRAIN)).containsExactly(new FileSlice(left, 0, 4), new FileSlice(right, 0, 5));
        assertThat(plan.splits().get(EVALUATION)).isEmpty();
    }

    @Test
    void takesTheNewestRecordsAcrossPartitionsForLast() {
        WindowPlan plan = WindowPlan.of(List.of(left, right), new DataWindow.Last(3), NO_EVALUATION);

        assertThat(plan.splits().get(TRAIN)).containsExactly(new FileSlice(left, 3, 1), new FileSlice(right, 3, 2));
    }

    @Test
    void takesEverythingWhenLastAsksForMoreThanThereIs() {
        assertThat(WindowPlan.of(List.of(left, right), new DataWindow.Last(100), NO_EVALUATION).records()).isEqualTo(9);
    }

    @Test
    void leavesOutFilesThatAreTooOldForTheWindow() {
        ShardFile old = file(3, 0, null, 100, 1, 2, 3);

        assertThat(WindowPlan.of(List.of(old, left), new DataWindow.Last(2), NO_EVALUATION).slices())
                .extracting(FileSlice::file).containsOnly(left);
    }

    @Test
    void takesRecordsFromATimeOnForSince() {
        WindowPlan plan = WindowPlan.of(List.of(left, right), new DataWindow.Since(Instant.ofEpochMilli(30)), NO_EVALUATION);

        assertThat(plan.splits().get(TRAIN)).containsExactly(new FileSlice(left, 2, 2), new FileSlice(right, 3, 2));
    }

    @Test
    void isEmptyWhenNothingIsYoungEnough() {
        assertThat(WindowPlan.of(List.of(left), new DataWindow.Since(Instant.ofEpochMilli(41)), LAST_FIFTH).records()).isZero();
    }

    @Test
    void cutsTiesToTheExactCount() {
        ShardFile a = file(1, 0, null, 0, 7, 7, 7, 7);
        ShardFile b = file(2, 1, null, 0, 7, 7, 7, 7);

        for (int wanted = 1; wanted <= 8; wanted++) {
            assertThat(WindowPlan.of(List.of(a, b), new DataWindow.Last(wanted), NO_EVALUATION).records()).isEqualTo(wanted);
        }
    }

    @Test
    void evaluatesOnTheNewestPartOfTheWindow() {
        ShardFile file = file(1, 0, null, 0, LongStream.range(0, 100).toArray());
        WindowPlan plan = WindowPlan.of(List.of(file), new DataWindow.Last(50), LAST_FIFTH);

        assertThat(plan.splits().get(TRAIN)).containsExactly(new FileSlice(file, 50, 40));
        assertThat(plan.splits().get(EVALUATION)).containsExactly(new FileSlice(file, 90, 10));
    }

    @Test
    void keepsFilesOfASplitByKeyInTheirSplit() {
        ShardFile train = file(1, 0, TRAIN, 0, 10, 30, 50);
        ShardFile evaluation = file(2, 0, EVALUATION, 0, 20, 40, 60);
        WindowPlan plan = WindowPlan.of(List.of(train, evaluation), new DataWindow.Last(3), BY_KEY);

        assertThat(plan.splits().get(TRAIN)).containsExactly(new FileSlice(train, 2, 1));
        assertThat(plan.splits().get(EVALUATION)).containsExactly(new FileSlice(evaluation, 1, 2));
    }

    @Test
    void countsRecordsBySplit() {
        WindowPlan plan = WindowPlan.of(List.of(left, right), new DataWindow.All(), LAST_FIFTH);

        assertThat(plan.records(TRAIN)).isEqualTo(7);
        assertThat(plan.records(EVALUATION)).isEqualTo(2);
    }

    static ShardFile file(long id, int partition, @Nullable String split, long firstOffset, long... times) {
        TimeIndex index = new TimeIndex(times.length, 1, times, times[times.length - 1]);
        return new ShardFile(id, "file-" + id, split, partition, firstOffset, firstOffset + times.length - 1, 100, "checksum-" + id, null, 1,
                Instant.ofEpochMilli(times[0]), index);
    }
}
