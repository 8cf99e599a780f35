package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Leases;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** TensorFlow Serving's own cases of batching, by their number, with its numbers. Where Tideline does better, the name says so. */
class BatchConformanceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HalfPlusTwo model = new HalfPlusTwo();
    private final Lease lease = Leases.of(model);
    private @Nullable Batcher batcher;

    /** Begins a run that holds the queue until the test lets it, so that what follows meets. */
    private void begin(int maxRows, List<Integer> allowed, boolean split, boolean pad, Signature signature) {
        batcher = new Batcher(new VersionBatching(
                new BatchingProperties(maxRows, Duration.ofMinutes(5), 100, 2, allowed, split, pad, 1, null), ModelBatching.NONE), registry, List.of());
        submit(signature, tensor(new long[] {1}, 0));
        await().atMost(SOON).until(model.permits::hasQueuedThreads);
    }

    private void begin(int maxRows) {
        begin(maxRows, List.of(), true, false, HalfPlusTwo.SIGNATURE);
    }

    private static Tensor tensor(long[] sizes, float... elements) {
        return Tensor.floats(Shape.of(sizes), elements);
    }

    private CompletableFuture<Map<String, Tensor>> submit(Signature signature, Tensor x) {
        return submit(signature, Map.of("x", x, "z", Tensor.floats(x.shape(), new float[x.elements()])), SOON);
    }

    private CompletableFuture<Map<String, Tensor>> submit(Signature signature, Map<String, Tensor> inputs, Duration timeout) {
        return batcher.submit(lease, signature, inputs, Priority.DEFAULT, System.nanoTime() + timeout.toNanos());
    }

    private CompletableFuture<Map<String, Tensor>> submit(float... x) {
        return submit(HalfPlusTwo.SIGNATURE, tensor(new long[] {x.length}, x));
    }

    private float[] y(CompletableFuture<Map<String, Tensor>> answer) {
        model.permits.release(100);
        Tensor y = answer.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join().get("y");
        return Arrays.copyOfRange(((Values.Floats) y.values()).array(), y.offset(), y.offset() + y.elements());
    }

    /** In any order: two runs may be side by side. */
    private void ran(String... runs) {
        await().atMost(SOON).untilAsserted(() -> assertThat(model.runs).containsExactlyInAnyOrder(runs));
    }

    @AfterEach
    void close() {
        model.permits.release(1000);
        batcher.close();
    }

    @Test
    @DisplayName("B01: two requests of two rows make a batch of four")
    void joinsTwoRequests() {
        begin(4);
        var first = submit(100, 42);
        var second = submit(71.5f, 18.3f);

        assertThat(y(first)).containsExactly(52, 23);
        assertThat(y(second)).containsExactly(37.75f, 11.15f);
        ran("serving_default 1", "serving_default 4");
    }

    @Test
    @DisplayName("B02: rows of unequal lengths are filled up, here with a stated value")
    void padsLengths() {
        begin(8, List.of(), true, true, HalfPlusTwo.SIGNATURE);
        var small = submit(HalfPlusTwo.SIGNATURE, tensor(new long[] {1, 2, 2}, 1, 2, 3, 4));
        var large = submit(HalfPlusTwo.SIGNATURE, tensor(new long[] {1, 3, 3}, 5, 6, 7, 8, 9, 10, 11, 12, 13));

        // Both inputs are filled up with 1.
        assertThat(y(small)).containsExactly(2.5f, 3, 3.5f, 3.5f, 4, 3.5f, 3.5f, 3.5f, 3.5f);
        assertThat(y(large)).containsExactly(4.5f, 5, 5.5f, 6, 6.5f, 7, 7.5f, 8, 8.5f);
        ran("serving_default 1", "serving_default 2");
    }

    @Test
    @DisplayName("B03: a request of more rows than a batch runs in parts")
    void splitsLargeRequests() {
        begin(2);
        assertThat(y(submit(2, 4, 6))).containsExactly(3, 4, 5);
        assertThat(model.runs).doesNotContain("serving_default 3");
    }

    @Test
    @DisplayName("B03: without parts a large request runs alone, where TensorFlow Serving refuses it")
    void runsLargeRequestsAloneWithoutParts() {
        begin(3, List.of(), false, false, HalfPlusTwo.SIGNATURE);
        assertThat(y(submit(2, 4, 6, 8))).containsExactly(3, 4, 5, 6);
        ran("serving_default 1", "serving_default 4");
    }

    @Test
    @DisplayName("B04: unequal shapes without filling up: both are answered, where TensorFlow Serving fails both")
    void keepsShapesApart() {
        begin(8);
        var one = submit(HalfPlusTwo.SIGNATURE, tensor(new long[] {1, 2}, 2, 4));
        var other = submit(HalfPlusTwo.SIGNATURE, tensor(new long[] {1, 3}, 6, 8, 10));

        assertThat(y(one)).containsExactly(3, 4);
        assertThat(y(other)).containsExactly(5, 6, 7);
    }

    @Test
    @DisplayName("B05: a single request does not wait for others")
    void runsASingleRequest() {
        begin(8);
        assertThat(y(submit(2))).containsExactly(3);
    }

    @Test
    @DisplayName("B06: inputs of unequal numbers of rows share no run; the model decides, where TensorFlow Serving refuses them")
    void keepsUnequalRowsApart() {
        begin(8);
        var odd = submit(HalfPlusTwo.SIGNATURE, Map.of("x", tensor(new long[] {1}, 2), "z", tensor(new long[] {2}, 10, 20)), SOON);
        var even = submit(2);

        assertThat(y(odd)).containsExactly(13);
        assertThat(y(even)).containsExactly(3);
        ran("serving_default 1", "serving_default 1", "serving_default 1");
    }

    @Test
    @DisplayName("B07: a batch is filled up to an allowed size, and no further")
    void fillsUpToAllowedSizes() {
        begin(4, List.of(1, 3, 4), true, false, HalfPlusTwo.SIGNATURE);
        assertThat(y(submit(2, 4))).containsExactly(3, 4);

        ran("serving_default 1", "serving_default 3");
        assertThat(registry.get("tideline.inference.batch.padding").summary().totalAmount()).isEqualTo(1);
        assertThat(registry.get("tideline.inference.batch.rows").summary().totalAmount()).isEqualTo(3);
    }

    @Test
    @DisplayName("B09: each request gets its own order of inputs")
    void ordersInputsByName() {
        begin(8);
        Map<String, Tensor> reversed = new LinkedHashMap<>();
        reversed.put("z", tensor(new long[] {1}, 100));
        reversed.put("x", tensor(new long[] {1}, 2));
        var first = submit(2);
        var second = submit(HalfPlusTwo.SIGNATURE, reversed, SOON);

        assertThat(y(first)).containsExactly(3);
        assertThat(y(second)).containsExactly(103);
        ran("serving_default 1", "serving_default 2");
    }

    @Test
    @DisplayName("B10: signatures have queues of their own")
    void keepsSignaturesApart() {
        begin(8);
        var waiting = submit(2);
        var other = submit(HalfPlusTwo.OTHER, tensor(new long[] {1}, 4));

        assertThat(y(other)).containsExactly(4);
        assertThat(y(waiting)).containsExactly(3);
        ran("serving_default 1", "serving_default 1", "other 1");
    }

    @Test
    @DisplayName("B11: a deadline that ends in the queue, here DEADLINE_EXCEEDED")
    void dropsExpiredRequests() {
        begin(8);
        var expired = submit(HalfPlusTwo.SIGNATURE, Map.of("x", tensor(new long[] {1}, 2), "z", tensor(new long[] {1}, 0)), Duration.ofNanos(-1));
        var wanted = submit(4);

        assertThat(y(wanted)).containsExactly(4);
        assertThatThrownBy(expired::join).cause().isInstanceOfSatisfying(StatusException.class,
                e -> assertThat(e.code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED));
        ran("serving_default 1", "serving_default 1");
    }
}
