package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.servable.Leases;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lies in one run: sizes, filled up rows and lengths, parts. */
class BatchShapesTest {

    private static BatchingProperties properties(int maxRows, List<Integer> allowed, boolean padLengths) {
        return new BatchingProperties(maxRows, Duration.ZERO, 1000, 1, allowed, true, padLengths, -1, null);
    }

    private static BatchTask task(Tensor x) {
        return new BatchTask(Leases.of(new Echo()), Map.of("x", x), x.shape().rows(), false, Priority.DEFAULT, 0, 1, new CompletableFuture<>());
    }

    private static float[] floats(Tensor tensor) {
        return Arrays.copyOfRange(((Values.Floats) tensor.values()).array(), tensor.offset(), tensor.offset() + tensor.elements());
    }

    private static Batch batch(int limit, boolean padLengths, BatchTask... tasks) {
        Batch batch = new Batch(limit, padLengths);
        for (BatchTask task : tasks) {
            assertThat(batch.add(task)).isTrue();
        }
        return batch;
    }

    private static void run(Echo echo, BatchingProperties properties, Batch batch) {
        new BatchRun(echo, Echo.SIGNATURE, properties).run(batch).forEach(BatchRun.Answer::deliver);
    }

    private static float[] y(BatchTask task) {
        return floats(task.answer().join().get("y"));
    }

    @Test
    void fillsRunUpToAnAllowedSize() {
        Echo echo = new Echo();
        BatchTask one = task(Tensor.floats(Shape.of(1), 1));
        BatchTask two = task(Tensor.floats(Shape.of(1), 2));
        run(echo, properties(4, List.of(1, 3, 4), false), batch(4, false, one, two));

        assertThat(floats(echo.runs.getFirst())).containsExactly(1, 2, 2);
        assertThat(y(one)).containsExactly(1);
        assertThat(y(two)).containsExactly(2);
    }

    @Test
    void fillsSingleRequestUpToo() {
        Echo echo = new Echo();
        BatchTask two = task(Tensor.floats(Shape.of(2), 1, 2));
        run(echo, properties(4, List.of(3, 4), false), batch(4, false, two));

        assertThat(echo.runs.getFirst().shape()).isEqualTo(Shape.of(3));
        assertThat(y(two)).containsExactly(1, 2);
    }

    @Test
    @DisplayName("B13: filling up lengths")
    void fillsLengthsUpWithTheStatedValue() {
        Echo echo = new Echo();
        BatchTask small = task(Tensor.floats(Shape.of(1, 2, 2), 1, 2, 3, 4));
        BatchTask large = task(Tensor.floats(Shape.of(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9));
        run(echo, properties(4, List.of(), true), batch(4, true, small, large));

        assertThat(echo.runs).hasSize(1);
        assertThat(y(small)).containsExactly(1, 2, -1, 3, 4, -1, -1, -1, -1);
        assertThat(y(large)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void keepsRowsApartThatDifferInShape() {
        Batch batch = batch(8, false, task(Tensor.floats(Shape.of(1, 2), 1, 2)));

        assertThat(batch.add(task(Tensor.floats(Shape.of(1, 3), 1, 2, 3)))).isFalse();
        assertThat(batch.add(task(Tensor.longs(Shape.of(1, 2), 1, 2)))).isFalse();
        assertThat(batch.add(task(Tensor.floats(Shape.of(1, 2), 3, 4)))).isTrue();
    }

    @Test
    void doesNotLetShortRowsPayForOneThatIsTooLong() {
        Batch batch = batch(8, true, task(Tensor.floats(Shape.of(1, 2), 1, 2)));

        assertThat(batch.add(task(Tensor.floats(Shape.of(1, 9), new float[9])))).isFalse();
        assertThat(batch.add(task(Tensor.floats(Shape.of(1, 8), new float[8])))).isTrue();
        assertThat(batch.mixed()).isTrue();
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        Batch batch = batch(4, false, task(Tensor.floats(Shape.of(3), 1, 2, 3)));

        assertThat(batch.add(task(Tensor.floats(Shape.of(2), 1, 2)))).isFalse();
        assertThat(batch.add(task(Tensor.floats(Shape.of(1), 1)))).isTrue();
        assertThat(batch.full()).isTrue();
    }

    @Test
    @DisplayName("B08: allowed sizes that do not rise, or end elsewhere")
    void refusesSizesThatDoNotRiseToTheMost() {
        assertThatThrownBy(() -> properties(4, List.of(3, 2, 4), false)).hasMessage("allowed-rows: [3, 2, 4] (expected: strictly rising)");
        assertThatThrownBy(() -> properties(4, List.of(2), false)).hasMessageContaining("the last equal to max-rows, 4");
    }

    @Test
    void choosesAllowedSizesWithinALimit() {
        BatchingProperties properties = properties(16, List.of(4, 8, 16), false);

        assertThat(Stream.of(1, 5, 15, 16).map(properties::within)).containsExactly(4, 4, 8, 16);
        assertThat(Stream.of(1, 5, 16, 17).map(properties::runRows)).containsExactly(4, 8, 16, 17);
    }

    @Test
    @DisplayName("B13: filling up text")
    void padsTextWithEmptyStrings() {
        Tensor padded = Rows.pad(Tensor.text(Shape.of(2, 1), "a", "b"), Shape.of(1, 2), 0);

        assertThat(((Values.Strings) padded.values()).array()).isDeepEqualTo(new byte[][] {{'a'}, {}, {'b'}, {}});
    }

    @Test
    void joinsOnlyRowsOfOneShape() {
        Tensor part = Tensor.longs(Shape.of(3, 1), 1, 2, 3).rows(1, 2);

        assertThat(Rows.join(List.of(part, part)).shape()).isEqualTo(Shape.of(4, 1));
        assertThat(((Values.Longs) Rows.join(List.of(part, part)).values()).array()).containsExactly(2, 3, 2, 3);
        assertThat(Rows.join(List.of(part, Tensor.longs(Shape.of(1, 2), 1, 2)))).isNull();
        assertThat(Rows.join(List.of(part, Tensor.of(DataType.UINT64, Shape.of(1, 1), new Values.Longs(new long[1]))))).isNull();
    }

    /** A look at all parts for each of them would take hours. */
    @Test
    @Timeout(60)
    void aRequestOfVeryManyPartsIsPutTogetherOnce() {
        List<CompletableFuture<Map<String, Tensor>>> parts = Stream.generate(() -> new CompletableFuture<Map<String, Tensor>>()).limit(200_000).toList();
        CompletableFuture<Map<String, Tensor>> whole = Parts.whole(parts);
        parts.forEach(part -> part.complete(Map.of("y", Tensor.floats(Shape.of(1), 1))));

        assertThat(whole.join().get("y").shape()).isEqualTo(Shape.of(200_000));
    }

    @Test
    void partsWithOutputsOfDifferentShapesAreAnError() {
        CompletableFuture<Map<String, Tensor>> whole = Parts.whole(List.of(
                CompletableFuture.completedFuture(Map.of("y", Tensor.floats(Shape.of(1, 1), 1))),
                CompletableFuture.completedFuture(Map.of("y", Tensor.floats(Shape.of(1, 2), 1, 2)))));

        assertThatThrownBy(whole::join).hasCauseInstanceOf(StatusException.class).hasMessageContaining("output y: rows of different shapes");
    }
}
