package dev.tideline.ingest.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedWorkTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SharedWork shared = new SharedWork(LONG);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger seconds = new AtomicInteger();

    @Test
    void whoAsksMeanwhileGetsTheAnswerOfTheFirst() throws Exception {
        CompletableFuture<String> first = first(() -> "hash");
        AtomicReference<String> answer = new AtomicReference<>();
        Thread second = Thread.ofPlatform().daemon().start(() -> answer.set(shared.of("file", this::second)));
        await().atMost(LONG).until(() -> second.getState() == Thread.State.TIMED_WAITING);

        release.countDown();

        second.join(LONG);
        assertThat(answer).hasValue("hash");
        assertThat(first).succeedsWithin(LONG).isEqualTo("hash");
        assertThat(seconds).hasValue(0);
    }

    @Test
    void whoAsksForAnotherFileWaitsForNobody() throws Exception {
        first(() -> "hash");

        assertThat(shared.of("other", this::second)).isEqualTo("second");
        release.countDown();
    }

    @Test
    void whoAsksLaterHasTheWorkDoneAnew() throws Exception {
        release.countDown();
        first(() -> "hash").join();

        assertThat(shared.of("file", this::second)).isEqualTo("second");
    }

    @Test
    void aFailureIsTheFirstOnesAlone() throws Exception {
        CompletableFuture<String> first = first(() -> {
            throw new IllegalStateException("unreadable");
        });
        AtomicReference<String> answer = new AtomicReference<>();
        Thread second = Thread.ofPlatform().daemon().start(() -> answer.set(shared.of("file", this::second)));
        await().atMost(LONG).until(() -> second.getState() == Thread.State.TIMED_WAITING);

        release.countDown();

        second.join(LONG);
        assertThat(answer).hasValue("second");
        assertThat(first).failsWithin(LONG).withThrowableThat().havingRootCause().withMessage("unreadable");
        assertThatIllegalStateException().isThrownBy(() -> shared.of("file", () -> {
            throw new IllegalStateException("again");
        })).withMessage("again");
    }

    @Test
    void nobodyWaitsLongerThanTheBound() throws Exception {
        SharedWork impatient = new SharedWork(Duration.ofMillis(1));
        CompletableFuture<String> first = first(impatient, () -> "hash");

        assertThat(impatient.of("file", this::second)).isEqualTo("second");

        release.countDown();
        assertThat(first).succeedsWithin(LONG).isEqualTo("hash");
    }

    private String second() {
        seconds.incrementAndGet();
        return "second";
    }

    private CompletableFuture<String> first(Supplier<String> result) throws InterruptedException {
        return first(shared, result);
    }

    /** Returns when the work has begun; it goes on when it is released. */
    private CompletableFuture<String> first(SharedWork shared, Supplier<String> result) throws InterruptedException {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> shared.of("file", () -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            return result.get();
        }), work -> Thread.ofPlatform().daemon().start(work));
        begun.await();
        return answer;
    }
}
