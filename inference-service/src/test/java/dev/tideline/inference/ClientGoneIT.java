package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.batching.Batcher;
import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Leases;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.StubServable;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** REST clients that go away while their request waits for a run. */
@ServiceTest
class ClientGoneIT extends Platform {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int RUNNERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final int port;
    private final Batcher batcher;
    private final MeterRegistry registry;
    private final Wedge wedge = new Wedge();
    private final Lease lease = Leases.of(wedge);

    ClientGoneIT(@Value("${local.server.port}") int port, @Autowired Batcher batcher, @Autowired MeterRegistry registry) {
        super(port);
        this.port = port;
        this.batcher = batcher;
        this.registry = registry;
    }

    /** Holds every thread that runs it, until it is let. */
    private static final class Wedge extends StubServable {
        private static final Signature SIGNATURE = new Signature("wedge", "", new TreeMap<>(), new TreeMap<>(), Map.of());

        private final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger held = new AtomicInteger();

        Wedge() {
            super(new ServableId("wedge", 1), SIGNATURE);
        }

        @Override
        public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
            held.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of();
        }
    }

    private void holdAllRunners() {
        for (int i = 0; i < RUNNERS; i++) {
            batcher.submitAlone(lease, Wedge.SIGNATURE, Map.of(), Priority.DEFAULT, System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
        }
        await().atMost(SOON).until(() -> wedge.held.get() == RUNNERS);
    }

    @AfterEach
    void letGo() {
        wedge.open.countDown();
        lease.close();
    }

    private double waitingRows() {
        return registry.find("tideline.inference.queue.rows").tag("model", "left").gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private long cancelled() {
        return registry.find("tideline.inference.requests").tags("model", "left", "code", "CANCELLED", "door", "REST").timers().stream()
                .mapToLong(Timer::count).sum();
    }

    private double dropped() {
        return registry.find("tideline.inference.queue.dropped").tags("model", "left", "reason", "withdrawn").counters().stream()
                .mapToDouble(Counter::count).sum();
    }

    private double inFlight() {
        return registry.get("tideline.inference.in.flight").gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private void askAndLeave() throws IOException {
        String body = "{\"signature_name\": \"half\", \"instances\": [[4]]}";
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write(("POST /v1/models/left:predict HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body).getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            await().atMost(SOON).until(() -> waitingRows() == 1);
        }
    }

    @Test
    void rowsOfAClientThatGoesAwayAreNotRun() throws Exception {
        writeModel("left", 1, 2);
        promote("left", 1, 1);
        awaitVersion("left", 1, "AVAILABLE");
        holdAllRunners();
        double before = inFlight();
        // As many runs as a queue may have at a time: what comes next waits in it.
        List<CompletableFuture<Answer>> stay = new ArrayList<>();
        for (int i = 1; i <= RUNNERS; i++) {
            double expected = before + i;
            stay.add(CompletableFuture.supplyAsync(() -> half("left", 4)));
            await().atMost(SOON).until(() -> inFlight() == expected && waitingRows() == 0);
        }

        askAndLeave();

        await().atMost(SOON).until(() -> cancelled() == 1);
        wedge.open.countDown();
        for (CompletableFuture<Answer> answer : stay) {
            assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        await().atMost(SOON).until(() -> dropped() == 1);
    }
}
