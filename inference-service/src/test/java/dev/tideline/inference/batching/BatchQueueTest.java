package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Leases;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.StubServable;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.inference.tensor.Values;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Signature SIGNATURE = signature(SpecShape.of(-1));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ServableId> heard = new CopyOnWriteArrayList<>();
    private final Gated model = new Gated();
    private final Lease lease = Leases.of(model);
    private final Batcher batcher = new Batcher(new VersionBatching(
            new BatchingProperties(8, Duration.ofSeconds(60), 20, 2, List.of(), true, false, 0, null), ModelBatching.NONE), registry,
            List.of((id, waited, ran) -> heard.add(id)));

    /** Doubles x once it is let; remembers how many rows each run had. Refuses negative numbers. */
    private static final class Gated extends StubServable {
        private final Semaphore permits = new Semaphore(0, true);
        private final List<Integer> runs = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final AtomicInteger callersRuns = new AtomicInteger();
        /** Most runs at the same time on threads of callers. */
        private final AtomicInteger callersBeside = new AtomicInteger();
        private volatile Duration work = Duration.ZERO;

        Gated() {
            super(new ServableId("m", 1), SIGNATURE);
        }

        private void work() {
            boolean caller = Thread.currentThread().getName().equals("caller");
            if (caller) {
                callersBeside.accumulateAndGet(callersRuns.incrementAndGet(), Math::max);
            }
            spin(work);
            if (caller) {
                callersRuns.decrementAndGet();
            }
        }

        @Override
        public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
            threads.add(Thread.currentThread());
            permits.acquireUninterruptibly();
            work();
            float[] doubled = new float[requests.stream().mapToInt(r -> r.get("x").elements()).sum()];
            int at = 0;
            for (Map<String, Tensor> request : requests) {
                Tensor part = request.get("x");
                for (int i = 0; i < part.elements(); i++) {
                    float x = ((Values.Floats) part.values()).array()[part.offset() + i];
                    if (x < 0) {
                        runs.add(-1);
                        throw StatusException.invalid("negative");
                    }
                    doubled[at++] = 2 * x;
                }
            }
            runs.add(at);
            return Map.of("y", Tensor.floats(Shape.of(at), doubled));
        }
    }

    private static void spin(Duration time) {
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end;) {
            Thread.onSpinWait();
        }
    }

    private static Signature signature(SpecShape shape) {
        return new Signature("serving_default", "", new TreeMap<>(Map.of("x", new TensorSpec("x", "x", DataType.FLOAT, shape))),
                new TreeMap<>(Map.of("y", new TensorSpec("y", "y", DataType.FLOAT, shape))), Map.of());
    }

    private CompletableFuture<Map<String, Tensor>> submit(float... x) {
        return submitUntil(System.nanoTime() + SOON.toNanos(), x);
    }

    private CompletableFuture<Map<String, Tensor>> submitUntil(long deadline, float... x) {
        return batcher.submit(lease, SIGNATURE, Map.of("x", Tensor.floats(Shape.of(x.length), x)), Priority.DEFAULT, deadline);
    }

    private static float[] y(CompletableFuture<Map<String, Tensor>> answer) {
        Tensor y = answer.orTimeout(5, TimeUnit.SECONDS).join().get("y");
        float[] all = ((Values.Floats) y.values()).array();
        return Arrays.copyOfRange(all, y.offset(), y.offset() + y.elements());
    }

    /** Starts a run that holds the queue, so that what follows has to wait. */
    private CompletableFuture<Map<String, Tensor>> occupy() {
        CompletableFuture<Map<String, Tensor>> first = submit(0);
        await().atMost(SOON).until(model.permits::hasQueuedThreads);
        return first;
    }

    @AfterEach
    void close() {
        model.permits.release(1000);
        batcher.close();
    }

    @Test
    void runsAtOnceWhenIdle() {
        model.permits.release();

        assertThat(y(submit(1, 2))).containsExactly(2, 4);
        assertThat(model.runs).containsExactly(2);
    }

    /** Runs until one was on the caller's thread; {@code model} then knows that runs are short. */
    private void untilRunsAreShort() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            model.permits.release();
            y(submit(1));
            return model.threads.getLast() == Thread.currentThread();
        });
        model.permits.drainPermits();
    }

    @Test
    void runsOnTheCallersThreadOnceRunsAreKnownToBeShort() {
        model.permits.release();
        y(submit(1));
        assertThat(model.threads.getLast().getName()).startsWith("batch-runner-");

        untilRunsAreShort();
    }

    /** Runs of 0.4 ms: too long to wait for company, and short enough for threads that bring requests, where those are many. */
    @Test
    void runsOfMiddleLengthTakeTheirCallersThreadsBesideEachOther() throws InterruptedException {
        model.permits.release(1_000_000);
        model.work = Duration.ofNanos(400_000);
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> callers = IntStream.range(0, Math.max(2, Runtime.getRuntime().availableProcessors()))
                .mapToObj(i -> Thread.ofPlatform().name("caller").start(() -> {
                    while (!enough.get()) {
                        y(submit(i));
                    }
                })).toList();

        await().atMost(Duration.ofSeconds(20)).until(() -> model.callersBeside.get() == 2);
        enough.set(true);
        for (Thread caller : callers) {
            caller.join(SOON);
        }
    }

    @Test
    void answersOnTheCallersThreadLikeAnyOther() {
        untilRunsAreShort();
        model.permits.release(2);

        assertThat(y(submit(5))).containsExactly(10);
        assertThatThrownBy(submit(-1)::join).hasRootCauseMessage("negative");
        await().atMost(SOON).until(() -> Leases.users(lease) == 1);
    }

    @Test
    void answersWhatComesDuringARunOnACallersThread() throws InterruptedException {
        untilRunsAreShort();
        Thread caller = Thread.ofPlatform().start(() -> submit(0));
        await().atMost(SOON).until(model.permits::hasQueuedThreads);
        CompletableFuture<Map<String, Tensor>> second = submit(1);
        CompletableFuture<Map<String, Tensor>> third = submit(2);
        model.permits.release(3);
        caller.join(SOON.toMillis());

        assertThat(y(second)).containsExactly(2);
        assertThat(y(third)).containsExactly(4);
    }

    @Test
    void joinsRequestsThatCameDuringARun() {
        CompletableFuture<Map<String, Tensor>> first = occupy();
        CompletableFuture<Map<String, Tensor>> second = submit(1);
        CompletableFuture<Map<String, Tensor>> third = submit(2, 3);
        model.permits.release(2);

        assertThat(y(first)).containsExactly(0);
        assertThat(y(second)).containsExactly(2);
        assertThat(y(third)).containsExactly(4, 6);
        assertThat(model.runs).containsExactly(1, 3);
    }

    @Test
    void startsSecondRunAsSoonAsABatchIsFull() {
        occupy();
        submit(1, 2, 3, 4, 5);
        submit(6, 7, 8);

        await().atMost(SOON).until(() -> model.permits.getQueueLength() == 2);
    }

    @Test
    void startsSecondRunAtOnceWhereRunsAreLong() {
        CompletableFuture<Map<String, Tensor>> first = occupy();
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        model.permits.release();
        y(first);

        occupy();
        submit(1);

        await().atMost(SOON).until(() -> model.permits.getQueueLength() == 2);
    }

    @Test
    void runsRequestOfMoreRowsThanABatchInParts() {
        model.permits.release(3);

        assertThat(y(submit(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)))
                .containsExactly(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34);
        assertThat(model.runs).containsExactlyInAnyOrder(8, 8, 1);
    }

    @Test
    void withdrawsWaitingPartsWhenOneFails() {
        CompletableFuture<Map<String, Tensor>> first = occupy();
        CompletableFuture<Map<String, Tensor>> large = submit(-1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        model.permits.release(10);

        assertThat(y(first)).containsExactly(0);
        assertThatThrownBy(large::join).hasRootCauseMessage("negative");
        await().atMost(SOON).until(() -> Leases.users(lease) == 1);
    }

    @Test
    void runsWhatIsMoreImportantFirst() {
        occupy();
        CompletableFuture<Map<String, Tensor>> sheddable = batcher.submit(lease, SIGNATURE,
                Map.of("x", Tensor.floats(Shape.of(3), 1, 2, 3)), Priority.SHEDDABLE, System.nanoTime() + SOON.toNanos());
        submit(1, 2, 3, 4);
        CompletableFuture<Map<String, Tensor>> critical = batcher.submit(lease, SIGNATURE,
                Map.of("x", Tensor.floats(Shape.of(6), 1, 2, 3, 4, 5, 6)), Priority.CRITICAL, System.nanoTime() + SOON.toNanos());
        await().atMost(SOON).until(() -> model.permits.getQueueLength() == 2);

        assertThat(registry.get("tideline.inference.queue.rows").gauge().value()).as("the critical ones have left").isEqualTo(7);
        model.permits.release(10);
        assertThat(y(critical)).hasSize(6);
        assertThat(y(sheddable)).hasSize(3);
    }

    @Test
    void badRequestDoesNotFailItsNeighbours() {
        occupy();
        CompletableFuture<Map<String, Tensor>> good = submit(1);
        CompletableFuture<Map<String, Tensor>> bad = submit(-1);
        CompletableFuture<Map<String, Tensor>> other = submit(2);
        model.permits.release(10);

        assertThat(y(good)).containsExactly(2);
        assertThat(y(other)).containsExactly(4);
        assertThatThrownBy(bad::join).hasRootCauseMessage("negative");
    }

    @Test
    void refusesMoreThanTheQueueHolds() {
        occupy();
        submit(1, 2, 3, 4, 5, 6, 7, 8);
        for (int i = 0; i < 20; i++) {
            submit(1);
        }

        assertThatThrownBy(() -> submit(1))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("expected: at most 20");
    }

    @Test
    void dropsExpiredAndWithdrawnRequests() {
        CompletableFuture<Map<String, Tensor>> first = occupy();
        CompletableFuture<Map<String, Tensor>> expired = submitUntil(System.nanoTime() - 1, 1);
        CompletableFuture<Map<String, Tensor>> withdrawn = submit(2);
        CompletableFuture<Map<String, Tensor>> wanted = submit(3);
        withdrawn.cancel(false);
        model.permits.release(10);

        assertThat(y(first)).containsExactly(0);
        assertThat(y(wanted)).containsExactly(6);
        assertThatThrownBy(expired::join).hasRootCauseInstanceOf(StatusException.class).hasMessageContaining("deadline");
        assertThat(model.runs).containsExactly(1, 1);
        assertThat(registry.get("tideline.inference.queue.dropped").tag("reason", "expired").counter().count()).isEqualTo(1);
        assertThat(registry.get("tideline.inference.queue.dropped").tag("reason", "withdrawn").counter().count()).isEqualTo(1);
    }

    @Test
    void keepsVersionLoadedWhileARunUsesIt() {
        CompletableFuture<Map<String, Tensor>> running = occupy();
        running.cancel(false);
        lease.close();
        assertThat(Leases.users(lease)).isEqualTo(1);

        model.permits.release();
        await().atMost(SOON).until(() -> Leases.users(lease) == 0);
    }

    @Test
    void refusesWhatWaitsWhenItCloses() {
        CompletableFuture<Map<String, Tensor>> running = occupy();
        CompletableFuture<Map<String, Tensor>> waiting = submit(1);
        Thread closing = Thread.startVirtualThread(batcher::close);
        await().atMost(SOON).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        model.permits.release();

        assertThat(y(running)).containsExactly(0);
        assertThatThrownBy(waiting::join).hasMessageContaining("The service stops");
    }

    @Test
    void measuresAndForgetsEndedVersions() {
        model.permits.release();
        y(submit(1, 2));
        await().atMost(SOON).until(() -> registry.get("tideline.inference.batch.run").timer().count() == 1);
        assertThat(registry.get("tideline.inference.batch.rows").tags("model", "m", "version", "1").summary().totalAmount()).isEqualTo(2);
        assertThat(registry.get("tideline.inference.batch.fill").summary().totalAmount()).isEqualTo(0.25);
        assertThat(registry.get("tideline.inference.batch.limit.rows").gauge().value()).isEqualTo(8);
        assertThat(heard).containsExactly(new ServableId("m", 1));

        batcher.changed(new ServableId("m", 1), new VersionState.End(StatusCode.OK, ""));
        assertThat(registry.getMeters()).isEmpty();
    }
}
