package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.types.TInt64;

class RecordPipelineIT {

    private static final Column NUMBER = Column.scalar("n", Kind.INT, null);

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
            pipeline = new RecordPipeline(Nodes.of(graph), slices, columns, new RecordPipeline.Options(batch, buffer, 2, 2));
            session = new Session(graph);
        }

        List<List<Long>> pass(long seed, long skip) {
            pipeline.start(session, seed, skip);
            var batches = new ArrayList<List<Long>>();
            while (true) {
                try (var result = session.runner().fetch(pipeline.features().values().iterator().next()).run()) {
                    var values = new long[(int) result.get(0).shape().size()];
                    ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(values);
                    batches.add(Arrays.stream(values).boxed().toList());
                } catch (TFOutOfRangeException end) {
                    return batches;
                }
            }
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
