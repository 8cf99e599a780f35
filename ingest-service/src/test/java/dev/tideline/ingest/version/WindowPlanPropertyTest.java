package dev.tideline.ingest.version;

import static dev.tideline.ingest.version.WindowPlan.EVALUATION;
import static dev.tideline.ingest.version.WindowPlan.TRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.ingest.shard.ShardFile;
import dev.tideline.ingest.shard.TimeIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of a plan whatever the files are: late records, ties, several partitions, splits by time and by key. Files come from seeds. */
class WindowPlanPropertyTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null);

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isTheSameInWhateverOrderFilesWereCommitted(int seed) {
        Random random = new Random(seed);
        SplitRule rule = rule(random);
        List<ShardFile> files = files(random, rule);
        DataWindow window = window(random);
        WindowPlan plan = WindowPlan.of(files, window, rule);
        List<ShardFile> shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, random);

        WindowPlan again = WindowPlan.of(shuffled, window, rule);

        assertThat(again).isEqualTo(plan);
        assertThat(ContentHash.of(again, SCHEMA, rule)).isEqualTo(ContentHash.of(plan, SCHEMA, rule));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesExactlyTheNumberThatLastAsksFor(int seed) {
        Random random = new Random(seed);
        SplitRule rule = rule(random);
        List<ShardFile> files = files(random, rule);
        long all = files.stream().mapToLong(ShardFile::records).sum();
        long wanted = 1 + random.nextLong(all + 5);

        assertThat(WindowPlan.of(files, new DataWindow.Last(wanted), rule).records()).isEqualTo(Math.min(wanted, all));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void putsEachRecordIntoOneSplitAtMost(int seed) {
        Random random = new Random(seed);
        SplitRule rule = rule(random);
        WindowPlan plan = WindowPlan.of(files(random, rule), window(random), rule);
        Set<String> taken = new HashSet<>();

        plan.slices().forEach(slice -> {
            assertThat(slice.take()).isPositive();
            assertThat(slice.skip() + slice.take()).isLessThanOrEqualTo(slice.file().records());
            for (long i = slice.skip(); i < slice.skip() + slice.take(); i++) {
                assertThat(taken.add(slice.file().id() + "/" + i)).isTrue();
            }
        });
        assertThat(taken).hasSize((int) plan.records());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void evaluatesTheShareOfASplitByTimeToTheRecord(int seed) {
        Random random = new Random(seed);
        SplitRule rule = new SplitRule(SplitRule.By.TIME, random.nextInt(10) / 10.0);
        WindowPlan plan = WindowPlan.of(files(random, rule), window(random), rule);

        assertThat(plan.records(EVALUATION)).isEqualTo(Math.round(plan.records() * rule.evaluation()));
        assertThat(plan.records(TRAIN)).isEqualTo(plan.records() - plan.records(EVALUATION));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversNoRecordBeforeATimeWhereMarksAreExact(int seed) {
        Random random = new Random(seed);
        SplitRule rule = rule(random);
        List<ShardFile> files = files(random, rule);
        long time = random.nextInt(1_200);

        WindowPlan plan = WindowPlan.of(files, new DataWindow.Since(Instant.ofEpochMilli(time)), rule);

        long expected = files.stream().mapToLong(file -> {
            long[] marks = file.times().marks();
            return IntStream.range(0, marks.length).filter(i -> marks[i] >= time).count();
        }).sum();
        assertThat(plan.records()).isEqualTo(expected);
    }

    private static SplitRule rule(Random random) {
        return new SplitRule(random.nextBoolean() ? SplitRule.By.TIME : SplitRule.By.KEY, random.nextInt(10) / 10.0);
    }

    private static DataWindow window(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new DataWindow.All();
            case 1 -> new DataWindow.Last(1 + random.nextInt(300));
            default -> new DataWindow.Since(Instant.ofEpochMilli(random.nextInt(1_000)));
        };
    }

    /** Up to three partitions, each with a few files; time rises with disorder and ties. */
    private static List<ShardFile> files(Random random, SplitRule rule) {
        List<ShardFile> files = new ArrayList<>();
        for (int partition = 0; partition < 1 + random.nextInt(3); partition++) {
            long time = random.nextInt(100);
            long offset = 0;
            for (int shard = 0; shard < 1 + random.nextInt(4); shard++) {
                int records = 1 + random.nextInt(60);
                long[] marks = new long[records];
                long mark = Long.MIN_VALUE;
                for (int i = 0; i < records; i++) {
                    time += random.nextInt(12) - 3;
                    mark = Math.max(mark, Math.max(0, time));
                    marks[i] = mark;
                }
                String split = rule.by() == SplitRule.By.TIME ? null : random.nextBoolean() ? TRAIN : EVALUATION;
                long id = files.size();
                files.add(new ShardFile(id, "f" + id, split, partition, offset, offset + records - 1, 100, "hash-" + seed(random) + id, null, 1,
                        Instant.ofEpochMilli(marks[0]), new TimeIndex(records, 1, marks, mark)));
                offset += records;
            }
        }
        return files;
    }

    private static int seed(Random random) {
        return random.nextInt(1_000);
    }
}
