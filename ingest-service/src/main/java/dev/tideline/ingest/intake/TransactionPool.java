package dev.tideline.ingest.intake;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Producers with a transactional id each. An id is used again only after its last transaction's outcome is written down: until then
 * the broker's memory of that id is the only record of it.
 */
final class TransactionPool implements AutoCloseable {

    /** A producer that belongs to one request for as long as that takes. */
    record Lease(String id, Producer<byte[], byte[]> producer) {}

    private final IntakeProperties properties;
    private final Function<String, Producer<byte[], byte[]>> factory;
    private final String prefix;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Lease> idle = new ArrayDeque<>();

    TransactionPool(IntakeProperties properties, RandomGenerator random, Function<String, Producer<byte[], byte[]>> factory) {
        this.properties = properties;
        this.factory = factory;
        this.prefix = "tideline-ingest-" + HexFormat.of().toHexDigits(random.nextLong()) + "-";
        this.permits = new Semaphore(properties.maxTransactions());
    }

    /** Fails with {@code TOO_MANY_REQUESTS} when none gets free in time. */
    Lease borrow() {
        try {
            if (!permits.tryAcquire(properties.ackTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TidelineException(CommonError.TOO_MANY_REQUESTS, "Idempotency-Key: " + properties.maxTransactions()
                        + " requests with a key are under way (expected: fewer before another starts)");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
        try {
            Lease lease = takeIdle();
            return lease == null ? open() : lease;
        } catch (RuntimeException failure) {
            permits.release();
            throw failure;
        }
    }

    /** The outcome of its transaction is known and written down. */
    void giveBack(Lease lease) {
        lock.lock();
        try {
            idle.push(lease);
        } finally {
            lock.unlock();
        }
        permits.release();
    }

    /** The outcome of its transaction is not known: its id is never used again. */
    void retire(Lease lease) {
        permits.release();
        lease.producer().close(Duration.ZERO);
    }

    @Override
    public void close() {
        for (Lease lease = takeIdle(); lease != null; lease = takeIdle()) {
            lease.producer().close(properties.ackTimeout());
        }
    }

    private @Nullable Lease takeIdle() {
        lock.lock();
        try {
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }

    private Lease open() {
        String id = prefix + numbers.incrementAndGet();
        Producer<byte[], byte[]> producer = factory.apply(id);
        try {
            producer.initTransactions();
            return new Lease(id, producer);
        } catch (RuntimeException failure) {
            producer.close(Duration.ZERO);
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE, "Idempotency-Key: no transaction could be started"
                    + " (expected: Kafka answers within "
                    + properties.ackTimeout().toSeconds() + " s)", failure);
        }
    }
}
