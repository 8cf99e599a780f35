package dev.tideline.platform.demo;

import dev.tideline.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells monitoring-service some time after each prediction what came of it: half over HTTP, half straight to the topic. */
final class Outcomes implements AutoCloseable {

    private final Services services;
    private final Topic topic;
    private final Duration delay;
    private final DelayQueue<Batch> queue = new DelayQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Outcomes of one request, due at {@code nanos}. */
    private record Batch(String requestId, List<JsonNode> labels, long nanos) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    Outcomes(Services services, Topic topic, Duration delay) {
        this.services = services;
        this.topic = topic;
        this.delay = delay;
        this.thread = Thread.ofPlatform().daemon().name("outcomes").start(this::run);
    }

    /** @param labels true labels in the order of the request's rows */
    void follow(String requestId, List<JsonNode> labels) {
        queue.add(new Batch(requestId, labels, System.nanoTime() + delay.toNanos()));
    }

    private void run() {
        var overHttp = false;
        try {
            while (!closing || !queue.isEmpty()) {
                var batch = queue.poll(100, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    overHttp = !overHttp;
                    send(batch, overHttp);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void send(Batch batch, boolean overHttp) throws InterruptedException {
        var array = Json.MAPPER.createArrayNode();
        var ids = new ArrayList<String>();
        for (int i = 0; i < batch.labels().size(); i++) {
            var id = batch.requestId() + "-" + i;
            ids.add(id);
            array.addObject().put("predictionId", id).set("label", batch.labels().get(i));
        }
        if (overHttp) {
            services.outcomes(array);
        } else {
            for (int i = 0; i < ids.size(); i++) {
                topic.send(Topics.OUTCOMES, ids.get(i), array.get(i));
            }
        }
        sent.addAndGet(array.size());
    }

    /** Outcomes sent so far. */
    long sent() {
        return sent.get();
    }

    /** Sends what is still due and waits for the acknowledgements. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
        var problem = failure.get();
        if (problem != null) {
            throw problem;
        }
        topic.flush();
    }
}
