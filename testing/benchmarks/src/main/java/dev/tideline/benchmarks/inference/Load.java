package dev.tideline.benchmarks.inference;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;

/** Sends requests over some connections for some time, each connection by a virtual thread. */
final class Load {

    private static final long HIGHEST_NANOS = Duration.ofMinutes(1).toNanos();

    private Load() {}

    /**
     * @param requests good answers
     * @param failed   others, and broken connections
     * @param times    of good answers, in nanoseconds
     */
    record Outcome(long requests, long failed, double seconds, Histogram times) {

        double perSecond() {
            return requests / seconds;
        }

        double micros(double percentile) {
            return times.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** Closed loop: every connection sends its next request when the answer is there. Finds the throughput. */
    static Outcome closed(Exchange.Opener opener, int connections, Duration time) throws InterruptedException {
        return run(opener, connections, lasting(time), sent -> System.nanoTime());
    }

    /**
     * Open loop: request {@code i} is due at {@code i / rate}, whatever became of those before it, and its time counts from then. A server
     * that stands still is charged for every request that it kept waiting (no coordinated omission).
     */
    static Outcome open(Exchange.Opener opener, int connections, double rate, Duration time) throws InterruptedException {
        return open(opener, connections, rate, lasting(time));
    }

    /** The same until something has ended. */
    static Outcome openUntil(Exchange.Opener opener, int connections, double rate, BooleanSupplier ended) throws InterruptedException {
        return open(opener, connections, rate, due -> ended.getAsBoolean());
    }

    private static LongPredicate lasting(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return due -> due >= end;
    }

    private static Outcome open(Exchange.Opener opener, int connections, double rate, LongPredicate ended) throws InterruptedException {
        long start = System.nanoTime();
        AtomicLong next = new AtomicLong();
        return run(opener, connections, ended, ignored -> {
            long due = start + (long) (next.getAndIncrement() * 1e9 / rate);
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            return due;
        });
    }

    private record Share(long failed, Histogram times) {}

    /** @param ended whether a request that is due then is none any more */
    private static Outcome run(Exchange.Opener opener, int connections, LongPredicate ended, LongUnaryOperator begin) throws InterruptedException {
        long start = System.nanoTime();
        Histogram all = new Histogram(HIGHEST_NANOS, 3);
        long failed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Share>> shares = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                shares.add(threads.submit(() -> connection(opener, ended, begin)));
            }
            for (Future<Share> share : shares) {
                all.add(share.get().times());
                failed += share.get().failed();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        }
        return new Outcome(all.getTotalCount(), failed, (System.nanoTime() - start) / 1e9, all);
    }

    private static Share connection(Exchange.Opener opener, LongPredicate ended, LongUnaryOperator begin) throws IOException {
        Histogram times = new Histogram(HIGHEST_NANOS, 3);
        long failed = 0;
        Exchange exchange = opener.open();
        try {
            while (true) {
                long from = begin.applyAsLong(0);
                if (ended.test(from)) {
                    return new Share(failed, times);
                }
                try {
                    if (exchange.exchange()) {
                        times.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - from));
                    } else {
                        failed++;
                    }
                } catch (IOException e) {
                    failed++;
                    exchange.close();
                    exchange = opener.open();
                }
            }
        } finally {
            exchange.close();
        }
    }
}
