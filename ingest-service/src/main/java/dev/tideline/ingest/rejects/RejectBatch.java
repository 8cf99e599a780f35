package dev.tideline.ingest.rejects;

import dev.tideline.contracts.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The rejects of one shard. The shard may be committed once all of them are acknowledged. */
public final class RejectBatch implements Callback {

    private final String dataset;
    private final Rejects rejects;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private long sent;
    private long answered;
    private @Nullable Exception failure;

    RejectBatch(String dataset, Rejects rejects) {
        this.dataset = dataset;
        this.rejects = rejects;
    }

    /** Sends a record on; the answer is awaited later. */
    public void send(ConsumerRecord<byte[], byte[]> record, List<Problem> problems) {
        sent++;
        rejects.send(dataset, record, problems, this);
    }

    /** Records sent so far. */
    public long size() {
        return sent;
    }

    /** Whether all of them were acknowledged within {@code timeout}. */
    public boolean await(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (answered < sent && failure == null && left > 0) {
                left = settled.awaitNanos(left);
            }
            return failure == null && answered >= sent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception problem) {
        lock.lock();
        try {
            answered++;
            if (problem != null) {
                failure = problem;
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
