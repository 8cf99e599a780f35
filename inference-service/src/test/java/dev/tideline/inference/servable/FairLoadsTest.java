package dev.tideline.inference.servable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FairLoadsTest {

    private final FairLoads loads = new FairLoads(1, Thread::new);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        loads.stop(1000);
    }

    @Test
    @DisplayName("S06: loads take turns")
    void modelsTakeTurns() {
        CountDownLatch gate = new CountDownLatch(1);
        loads.execute("gate", () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 1; i <= 3; i++) {
            String load = "many" + i;
            loads.execute("many", () -> order.add(load));
        }
        loads.execute("other", () -> order.add("other"));
        gate.countDown();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(order).containsExactly("many1", "other", "many2", "many3"));
    }
}
