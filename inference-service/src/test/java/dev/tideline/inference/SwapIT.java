package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServiceTest
class SwapIT extends Platform {

    private static final int SWAPS = 25;
    private static final int CLIENTS = 4;

    SwapIT(@Value("${local.server.port}") int port) {
        super(port);
    }

    @Test
    void noRequestFailsWhileVersionsAreSwapped() throws Exception {
        for (int version = 1; version <= SWAPS; version++) {
            writeModel("swapped", version, version);
        }
        promote("swapped", 1, 1);
        awaitVersion("swapped", 1, "AVAILABLE");
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger answered = new AtomicInteger();
        List<Answer> failed = new CopyOnWriteArrayList<>();
        Set<String> versions = new ConcurrentSkipListSet<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> {
                    while (running.get()) {
                        Answer answer = half("swapped", 4);
                        versions.add(answer.version());
                        answered.incrementAndGet();
                        if (answer.status() != 200 || !answer.body().contains("4.0")) {
                            failed.add(answer);
                        }
                    }
                });
            }
            for (int version = 2; version <= SWAPS; version++) {
                promote("swapped", version, version);
                awaitVersion("swapped", version - 1, "END");
            }
            running.set(false);
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(failed).isEmpty();
        assertThat(answered.get()).isGreaterThan(SWAPS);
        assertThat(versions).hasSizeGreaterThan(SWAPS / 2);
    }
}
