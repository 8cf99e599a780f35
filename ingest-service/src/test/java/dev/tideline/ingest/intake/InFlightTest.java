package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();
    private static final long SHORT = Duration.ofMillis(20).toNanos();

    @Test
    void letsAsManyRecordsOutAsItsLimit() throws InterruptedException {
        InFlight records = new InFlight(3, SHORT);

        assertThat(new boolean[] {records.send(), records.send(), records.send(), records.send()}).containsExactly(true, true, true, false);
    }

    @Test
    void doesNotCountARecordThatFoundNoRoom() throws InterruptedException {
        InFlight records = new InFlight(1, SHORT);
        records.send();
        records.send();

        records.settle();

        assertThat(records.awaitAll()).isTrue();
    }

    @Test
    void goesOnOnceHalfOfTheRoomIsFree() throws Exception {
        InFlight records = new InFlight(4, LONG);
        for (int i = 0; i < 4; i++) {
            records.send();
        }
        CompletableFuture<Boolean> fifth = CompletableFuture.supplyAsync(() -> sent(records));

        records.settle();
        records.settle();

        assertThat(fifth.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isDoneOnlyWhenTheLastRecordIsSettled() throws InterruptedException {
        InFlight records = new InFlight(10, SHORT);
        records.send();
        records.send();
        records.settle();

        boolean before = records.awaitAll();
        records.settle();

        assertThat(before).isFalse();
        assertThat(records.awaitAll()).isTrue();
    }

    @Test
    void neverHasMoreUnderWayThanItsLimitAndLosesNoWakeUp() throws Exception {
        int limit = 8;
        InFlight records = new InFlight(limit, LONG);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BlockingQueue<Boolean> broker = new ArrayBlockingQueue<>(1000);
        Thread settling = Thread.ofPlatform().start(() -> {
            while (taken(broker)) {
                underWay.decrementAndGet();
                records.settle();
            }
        });

        for (int i = 0; i < 200_000; i++) {
            assertThat(records.send()).isTrue();
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            broker.put(true);
        }

        assertThat(records.awaitAll()).isTrue();
        assertThat(most).hasValueBetween(1, limit);
        broker.put(false);
        settling.join();
    }

    @Test
    void endsAWaitThatIsInterrupted() throws InterruptedException {
        InFlight records = new InFlight(1, LONG);
        records.send();
        Thread.currentThread().interrupt();

        assertThatThrownBy(records::awaitAll).isInstanceOf(InterruptedException.class);
    }

    private static boolean sent(InFlight records) {
        try {
            return records.send();
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    private static boolean taken(BlockingQueue<Boolean> broker) {
        try {
            return broker.take();
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
