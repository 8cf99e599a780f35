package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.child.ChildMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MessagePumpTest {

    private final List<ChildMessage> heard = new CopyOnWriteArrayList<>();

    @Test
    void everythingIsHeardInOrderBeforeItCloses() {
        var training = new ChildMessage.Training(10, 1, 0, List.of());
        try (var pump = new MessagePump("test", heard::add)) {
            pump.offer(training);
            pump.offer(new ChildMessage.Evaluating());
        }

        assertThat(heard).containsExactly(training, new ChildMessage.Evaluating());
    }

    @Test
    void whoOffersNeverWaitsAndOldFiguresGiveWayToNewOnes() {
        var open = new CountDownLatch(1);
        try (var pump = new MessagePump("test", message -> {
            await(open);
            heard.add(message);
        })) {
            pump.offer(new ChildMessage.Training(1_000, 1, 0, List.of()));
            for (int step = 1; step <= 1_000; step++) {
                pump.offer(progress(step));
            }
            pump.offer(new ChildMessage.Evaluating());
            open.countDown();
        }

        assertThat(heard).hasSizeBetween(3, 4).endsWith(progress(1_000), new ChildMessage.Evaluating());
    }

    @Test
    void aFailureConcernsOneMessageOnly() {
        try (var pump = new MessagePump("test", message -> {
            if (message instanceof ChildMessage.Progress) {
                throw new IllegalStateException("the database is away");
            }
            heard.add(message);
        })) {
            pump.offer(progress(1));
            pump.offer(new ChildMessage.Evaluating());
        }

        assertThat(heard).containsExactly(new ChildMessage.Evaluating());
    }

    private static ChildMessage.Progress progress(int step) {
        return new ChildMessage.Progress(1, 1, step, 1_000, 10, 1, 0.5, 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
