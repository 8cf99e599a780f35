package dev.tideline.inference.predictionlog;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.PredictionListener;
import dev.tideline.inference.tensor.Tensor;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes predictions in no time, into a buffer that is bounded in bytes; its own thread empties it. */
final class PredictionLog implements PredictionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PredictionLog.class);
    /** What an entry weighs besides its elements. */
    private static final int OVERHEAD = 512;

    /** Records after which the sink may see to its files although more wait. */
    private static final int BETWEEN_IDLE = 512;

    private final Choice choice;
    private final PredictionRecords records;
    private final PredictionSink sink;
    private final LogMetrics metrics;
    private final long maxBytes;
    private final Duration flush;
    private final LinkedBlockingQueue<Prediction> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean open = true;

    PredictionLog(
            Choice choice, PredictionRecords records, PredictionSink sink, LogMetrics metrics, long maxBytes, Duration flush) {
        this.choice = choice;
        this.records = records;
        this.sink = sink;
        this.metrics = metrics;
        this.maxBytes = maxBytes;
        this.flush = flush;
        this.thread = Thread.ofPlatform().name("prediction-log").start(this::run);
    }

    @Override
    public void predicted(Prediction prediction) {
        if (!choice.takes(prediction.servable().model(), prediction.requestId())) {
            return;
        }
        long size = size(prediction);
        if (!open || bytes.addAndGet(size) > maxBytes) {
            if (open) {
                bytes.addAndGet(-size);
            }
            metrics.dropped(prediction.servable(), LogMetrics.Reason.BUFFER, rows(prediction));
            return;
        }
        waiting.add(prediction);
    }

    private static long size(Prediction prediction) {
        long size = OVERHEAD;
        for (Tensor tensor : prediction.inputs().values()) {
            size += tensor.byteSize();
        }
        for (Tensor tensor : prediction.outputs().values()) {
            size += tensor.byteSize();
        }
        return size;
    }

    private static int rows(Prediction prediction) {
        return prediction.inputs().values().stream().findFirst()
                .map(input -> input.shape().rank() == 0 ? 1 : input.shape().rows()).orElse(1);
    }

    private void run() {
        int since = 0;
        while (open || !waiting.isEmpty()) {
            try {
                Prediction next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    bytes.addAndGet(-size(next));
                    write(next);
                }
                if (next == null || ++since >= BETWEEN_IDLE) {
                    since = 0;
                    sink.idle();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(Prediction prediction) {
        try {
            records.of(prediction).forEach(sink::write);
        } catch (RuntimeException e) {
            metrics.dropped(prediction.servable(), LogMetrics.Reason.BROKER, rows(prediction));
            log.warn("Prediction {} is not logged", prediction.requestId(), e);
        }
    }

    @Override
    public void close() {
        open = false;
        long end = System.nanoTime() + flush.toNanos();
        try {
            thread.join(flush.toMillis());
            thread.interrupt();
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
}
