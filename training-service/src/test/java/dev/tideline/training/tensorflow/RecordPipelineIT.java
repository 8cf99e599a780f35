package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.types.TInt64;

class RecordPipelineIT {

    private static final Column NUMBER = Column.scalar("n", Kind.INT, null);

    private static final InputPlan MEMORY = new InputPlan(16, 1, InputPlan.Cache.MEMORY, true, 4);

    @TempDir
    static Path folder;

    /** Two files of 50 records, numbered on. */
    private static Path first;
    private static Path second;

    @BeforeAll
    static void writeRecords() throws IOException {
        first = write("first", 0, 50);
        second = write("second", 50, 50);
    }

    @Test
    void slicesAreReadInTheirOrderWithoutShuffling() {
        var slices = List.of(new FileSlice(second, 10, 5), new FileSlice(first, 45, 5), new FileSlice(first, 0, 3));

        assertThat(read(slices, 4, 0, 1, 0)).isEqualTo(List.of(
            List.of(60L, 61L, 62L, 63L), List.of(64L, 45L, 46L, 47L), List.of(48L, 49L, 0L, 1L), List.of(2L)));
    }

    @Test
    void shufflingKeepsEveryRecordOnce() {
        var batches = read(both(), 16, 100, 7, 0);

        var all = flat(batches);
        assertThat(all).hasSize(100).doesNotHaveDuplicates();
        assertThat(all).isNotEqualTo(all.stream().sorted().toList());
        assertThat(batches).extracting(List::size).containsExactly(16, 16, 16, 16, 16, 16, 4);
    }

    @Test
    void equalSeedsGiveEqualOrders() {
        assertThat(read(both(), 16, 100, 7, 0)).isEqualTo(read(both(), 16, 100, 7, 0));
    }

    @Test
    void otherSeedsGiveOtherOrders() {
        assertThat(read(both(), 16, 100, 7, 0)).isNotEqualTo(read(both(), 16, 100, 8, 0));
    }

    @Test
    void aPassCanBeEnteredInTheMiddle() {
        var whole = read(both(), 16, 100, 7, 0);

        assertThat(read(both(), 16, 100, 7, 3)).isEqualTo(whole.subList(3, whole.size()));
    }

    @Test
    void onePipelineServesManyPasses() {
        try (var reader = new Reader(both(), 50, 100, List.of(NUMBER))) {
            var one = flat(reader.pass(1, 0));
            var two = flat(reader.pass(2, 0));
            var again = flat(reader.pass(1, 0));

            assertThat(two).isNotEqualTo(one).hasSameElementsAs(one);
            assertThat(again).isEqualTo(one);
        }
    }

    @Test
    void aSmallBufferStillMixesFiles() {
        var batch = read(both(), 40, 20, 3, 0).getFirst();

        assertThat(batch).anyMatch(n -> n < 50).anyMatch(n -> n >= 50);
    }

    @Test
    void anAbsentFeatureTakesItsDefault() {
        try (var reader = new Reader(List.of(new FileSlice(first, 0, 2)), 2, 0, List.of(Column.scalar("absent", Kind.INT, 42L)))) {
            assertThat(reader.pass(1, 0)).isEqualTo(List.of(List.of(42L, 42L)));
        }
    }

    @Test
    void anAbsentFeatureWithoutDefaultIsAnError() {
        try (var reader = new Reader(List.of(new FileSlice(first, 0, 2)), 2, 0, List.of(Column.scalar("absent", Kind.INT, null)))) {
            assertThatThrownBy(() -> reader.pass(1, 0)).hasMessageContaining("absent");
        }
    }

    @Test
    void aMissingFileIsAnError() {
        try (var reader = new Reader(List.of(new FileSlice(folder.resolve("gone"), 0, 2)), 2, 0, List.of(NUMBER))) {
            assertThatThrownBy(() -> reader.pass(1, 0)).hasMessageContaining("gone");
        }
    }

    @Test
    void passesFollowEachOtherAndShareNoBatch() {
        try (var reader = new Reader(both(), 40, 100, List.of(NUMBER))) {
            var one = reader.pass(1, 0);
            var two = reader.pass(2, 0);

            assertThat(reader.passes(1, 1, 2)).isEqualTo(Stream.concat(one.subList(1, 3).stream(), two.stream()).toList());
        }
    }

    @Test
    void aCacheInAFileKeepsTheOrder(@TempDir Path scratch) {
        var expected = new ArrayList<>(read(both(), 16, 60, 7, 2));
        expected.addAll(read(both(), 16, 60, 8, 0));
        var input = new InputPlan(16, 1, InputPlan.Cache.FILE, true, 4);

        try (var reader = new Reader(both(), List.of(NUMBER), new RecordPipeline.Options(16, 60, input, scratch.resolve("lane")))) {
            assertThat(reader.passes(2, 7, 8)).isEqualTo(expected);
        }
    }

    @Test
    void aCacheInMemoryIsShuffledAsAWholeByTheSeed() {
        try (var reader = new Reader(both(), List.of(NUMBER), new RecordPipeline.Options(16, 2, MEMORY, null))) {
            var two = reader.passes(0, 7, 8);
            var one = two.subList(0, 7);

            assertThat(one).extracting(List::size).containsExactly(16, 16, 16, 16, 16, 16, 4);
            assertThat(flat(one)).doesNotHaveDuplicates().isNotEqualTo(flat(one).stream().sorted().toList());
            assertThat(one.getFirst()).anyMatch(n -> n < 50).anyMatch(n -> n >= 50);
            assertThat(flat(two.subList(7, 14))).hasSameElementsAs(flat(one)).isNotEqualTo(flat(one));
            assertThat(reader.passes(3, 7)).isEqualTo(one.subList(3, 7));
        }
    }

    @Test
    void aCacheInMemoryKeepsTheOrderWithoutShuffling() {
        try (var reader = new Reader(both(), List.of(NUMBER), new RecordPipeline.Options(30, 0, MEMORY, null))) {
            assertThat(reader.pass(7, 0)).isEqualTo(read(both(), 30, 0, 7, 0));
        }
    }

    @Test
    void aSingleRecordCanBeShuffled() {
        try (var reader = new Reader(List.of(new FileSlice(first, 7, 1)), List.of(NUMBER), new RecordPipeline.Options(16, 10, MEMORY, null))) {
            assertThat(reader.passes(0, -1, Long.MIN_VALUE)).isEqualTo(List.of(List.of(7L), List.of(7L)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE"})
    void cachedRecordsAreNotReadAgain(InputPlan.Cache cache, @TempDir Path scratch) throws IOException {
        var input = new InputPlan(16, 1, cache, true, 1);
        var own = Files.copy(first, scratch.resolve("own"));

        try (var reader = new Reader(List.of(new FileSlice(own, 0, 50)), List.of(NUMBER),
                new RecordPipeline.Options(10, 0, input, scratch.resolve("lane")))) {
            // So many passes that reading ahead cannot have opened the file for all of them.
            reader.pipeline.start(reader.session, new long[8], 0);
            var batches = new ArrayList<List<Long>>();
            while (batches.size() < 5) {
                batches.addAll(reader.batch());
            }
            Files.delete(own);

            assertThat(flat(reader.rest())).hasSize(7 * 50).startsWith(flat(batches).toArray(Long[]::new));
        }
    }

    @Test
    void parallelReadsKeepTheOrderWhenTheyAreDeterministic() {
        var input = new InputPlan(16, 4, InputPlan.Cache.NONE, true, 4);

        try (var reader = new Reader(both(), List.of(NUMBER), new RecordPipeline.Options(16, 60, input, null))) {
            assertThat(reader.pass(7, 1)).isEqualTo(read(both(), 16, 60, 7, 1));
        }
    }

    @Test
    void withoutDeterminismEveryRecordStillComesOnce() {
        var input = new InputPlan(16, 4, InputPlan.Cache.NONE, false, 4);

        try (var reader = new Reader(both(), List.of(NUMBER), new RecordPipeline.Options(16, 60, input, null))) {
            assertThat(flat(reader.pass(7, 0))).hasSize(100).doesNotHaveDuplicates();
        }
    }

    private static List<FileSlice> both() {
        return List.of(new FileSlice(first, 0, 50), new FileSlice(second, 0, 50));
    }

    private static List<List<Long>> read(List<FileSlice> slices, int batch, int buffer, long seed, long skip) {
        try (var reader = new Reader(slices, batch, buffer, List.of(NUMBER))) {
            return reader.pass(seed, skip);
        }
    }

    private static List<Long> flat(List<List<Long>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    private static Path write(String name, int from, int count) throws IOException {
        var path = folder.resolve(name + ".tfrecord");
        try (var writer = TfRecordWriter.create(path)) {
            for (int i = from; i < from + count; i++) {
                writer.write(Example.of(Map.of("n", Feature.longs(i))).encode());
            }
        }
        return path;
    }

    /** Passes over the only column. */
    private static final class Reader implements AutoCloseable {

        private final Graph graph = new Graph();
        private final RecordPipeline pipeline;
        private final Session session;

        Reader(List<FileSlice> slices, int batch, int buffer, List<Column> columns) {
            this(slices, columns, new RecordPipeline.Options(batch, buffer, InputPlan.DEFAULT.settle(1, 0), null));
        }

        Reader(List<FileSlice> slices, List<Column> columns, RecordPipeline.Options options) {
            pipeline = new RecordPipeline(Nodes.of(graph), slices, columns, options);
            session = new Session(graph);
        }

        List<List<Long>> pass(long seed, long skip) {
            return passes(skip, seed);
        }

        List<List<Long>> passes(long skip, long... seeds) {
            pipeline.start(session, seeds, skip);
            return rest();
        }

        List<List<Long>> rest() {
            var batches = new ArrayList<List<Long>>();
            for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
                batches.addAll(batch);
            }
            return batches;
        }

        /** One batch, or none at the end. */
        List<List<Long>> batch() {
            try (var result = session.runner().fetch(pipeline.features().values().iterator().next()).run()) {
                var values = new long[(int) result.get(0).shape().size()];
                ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(values);
                return List.of(Arrays.stream(values).boxed().toList());
            } catch (TFOutOfRangeException end) {
                return List.of();
            }
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
