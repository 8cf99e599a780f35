package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeIndexTest {

    @Test
    void countsTheRecordsBeforeATimeExactlyWhileTheFileIsSmall() {
        TimeIndex index = index(16, 10, 20, 20, 30);

        assertThat(LongStream.of(5, 10, 11, 20, 21, 30, 31).map(index::before)).containsExactly(0L, 0L, 1L, 1L, 3L, 3L, 4L);
    }

    @Test
    void countsALateRecordAtTheMarkItArrivedUnder() {
        TimeIndex index = index(16, 10, 30, 15, 40);

        assertThat(index.before(20)).isEqualTo(1);
    }

    @Test
    void keepsEveryTimeInALargeFileWithinOneStep() {
        SplittableRandom random = new SplittableRandom(7);
        long[] times = random.longs(5_000, 0, 10).toArray();
        for (int i = 1; i < times.length; i++) {
            times[i] += times[i - 1];
        }
        TimeIndex index = index(64, times);

        assertThat(index.marks()).hasSizeLessThanOrEqualTo(64);
        for (int i = 0; i < 200; i++) {
            long time = random.nextLong(times[times.length - 1] + 10);
            long exact = LongStream.of(times).filter(t -> t < time).count();
            assertThat(exact - index.before(time)).as("records before %d", time).isBetween(0L, (long) index.step());
        }
    }

    @Test
    void halvesItsResolutionAtTheLimit() {
        TimeIndex index = index(4, 0, 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(index.step()).isEqualTo(4);
        assertThat(index.marks()).containsExactly(0, 4, 8);
    }

    @Test
    void skipsTheWholeFileForATimeAfterItsEnd() {
        assertThat(index(4, 0, 1, 2, 3, 4, 5, 6).before(7)).isEqualTo(7);
    }

    @Test
    void refusesALimitThatCannotBeThinned() {
        assertThatThrownBy(() -> new TimeIndex.Builder(1)).hasMessage("limit: 1 (expected: at least 2)");
    }

    private static TimeIndex index(int limit, long... times) {
        TimeIndex.Builder builder = new TimeIndex.Builder(limit);
        LongStream.of(times).forEach(builder::add);
        return builder.build();
    }
}
