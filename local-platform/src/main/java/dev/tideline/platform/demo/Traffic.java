package dev.tideline.platform.demo;

import dev.tideline.platform.demo.PredictionClient.Answer;
import dev.tideline.platform.demo.Scorecard.Phase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks for predictions at a steady rate over several connections, until there are no more rows or it is closed. */
final class Traffic implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final int ROWS_PER_REQUEST = 8;

    private final PredictionClient client;
    private final String path;
    private final Iterator<DemoRecord> rows;
    private final long nanosPerRequest;
    private final Outcomes outcomes;
    private final Scorecard scores;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong answeredRows = new AtomicLong();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private volatile boolean drifted;
    private volatile boolean closed;
    private volatile boolean firstIsGone;
    private long taken;
    private long started;
    private long firstVersion;
    private @Nullable JsonNode labelBefore;

    private record Batch(long number, List<DemoRecord> rows, boolean drifted, int unchangedRight) {}

    /**
     * @param path of the model, as {@code /v1/models/trips}
     * @param rate rows per second
     */
    Traffic(PredictionClient client, String path, Iterator<DemoRecord> rows, double rate, Outcomes outcomes, Scorecard scores) {
        this.client = client;
        this.path = path;
        this.rows = rows;
        this.nanosPerRequest = (long) (1e9 * ROWS_PER_REQUEST / rate);
        this.outcomes = outcomes;
        this.scores = scores;
    }

    /** @param version the version that answers now */
    void start(long version) {
        firstVersion = version;
        started = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofVirtual().name("traffic-" + i).start(this::run));
        }
    }

    /** Rows taken from now on count as drifted. */
    void drift(Runnable change) {
        lock.lock();
        try {
            change.run();
            drifted = true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (var batch = take(); batch != null; batch = take()) {
                pause(batch.number());
                ask(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Batch take() {
        lock.lock();
        try {
            if (closed || !rows.hasNext()) {
                return null;
            }
            var batch = new ArrayList<DemoRecord>();
            var unchangedRight = 0;
            while (batch.size() < ROWS_PER_REQUEST && rows.hasNext()) {
                var row = rows.next();
                batch.add(row);
                unchangedRight += labelBefore != null && Scorecard.same(labelBefore, row.label()) ? 1 : 0;
                labelBefore = row.label();
            }
            return new Batch(taken++, batch, drifted, unchangedRight);
        } finally {
            lock.unlock();
        }
    }

    private void pause(long number) {
        var due = started + number * nanosPerRequest;
        for (var left = due - System.nanoTime(); left > 0 && !closed; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void ask(Batch batch) throws InterruptedException {
        var requestId = "demo-" + path.substring(path.lastIndexOf('/') + 1) + "-" + batch.number();
        requests.incrementAndGet();
        switch (client.predict(path, requestId, batch.rows())) {
            case Answer.Failed(var why) -> {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, why);
            }
            case Answer.Predicted(var version, var labels) -> {
                score(batch, version, right(labels, batch.rows()));
                answeredRows.addAndGet(batch.rows().size());
                outcomes.follow(requestId, batch.rows().stream().map(DemoRecord::label).toList());
            }
        }
    }

    private void score(Batch batch, long version, int right) throws InterruptedException {
        var size = batch.rows().size();
        var phase = version != firstVersion ? Phase.AFTER_SWAP : batch.drifted() ? Phase.AFTER_DRIFT : Phase.BEFORE_DRIFT;
        scores.add(phase, version, size, right);
        if (version == firstVersion) {
            scores.addRivals(size, batch.unchangedRight(), size, right);
        } else {
            scoreFirst(batch);
        }
    }

    // The first version is asked as long as it is kept; what it says is for comparison only.
    private void scoreFirst(Batch batch) throws InterruptedException {
        var answer = firstIsGone ? null
                : client.predict(path + "/versions/" + firstVersion, "rival-" + batch.number(), batch.rows());
        if (answer instanceof Answer.Predicted(var version, var labels)) {
            scores.addRivals(batch.rows().size(), batch.unchangedRight(), labels.size(), right(labels, batch.rows()));
        } else {
            firstIsGone = true;
            scores.addRivals(batch.rows().size(), batch.unchangedRight(), 0, 0);
        }
    }

    private static int right(List<JsonNode> labels, List<DemoRecord> rows) {
        var right = 0;
        for (int i = 0; i < rows.size(); i++) {
            right += Scorecard.same(labels.get(i), rows.get(i).label()) ? 1 : 0;
        }
        return right;
    }

    boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    long requests() {
        return requests.get();
    }

    long failed() {
        return failed.get();
    }

    long answeredRows() {
        return answeredRows.get();
    }

    /** Why the first failed request failed; null when none did. */
    @Nullable String firstFailure() {
        return firstFailure.get();
    }

    /** Waits for requests that are under way. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            thread.join();
        }
    }
}
