package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Sends to {@code tideline.predictions} with a producer of its own, whose bounded buffer no lifecycle event has to share. What the broker
 * does not take in time goes to the spool, and so does all that follows, until a thread of its own has sent what lies there.
 */
final class KafkaSink implements PredictionSink {

    private static final Logger log = LoggerFactory.getLogger(KafkaSink.class);
    private static final int LINGER_MILLIS = 20;
    private static final int ROUND = 500;
    private static final long PAUSE_MILLIS = 250;

    private final Producer<String, byte[]> producer;
    private final SpoolDoor spool;
    private final LogMetrics metrics;
    private final long patienceMillis;
    private final Queue<LogRecord> failed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread resender;
    private volatile boolean away;

    /** @param patience how long a record may wait for the broker before it goes to the spool */
    KafkaSink(ProducerFactory<String, byte[]> producers, SpoolDoor spool, Duration patience, LogMetrics metrics) {
        this.patienceMillis = patience.toMillis();
        this.producer = producers.copyWithConfigurationOverride(settings(patienceMillis)).createProducer();
        this.spool = spool;
        this.metrics = metrics;
        this.resender = Thread.ofPlatform().name("prediction-log-resend").start(this::resend);
    }

    private static Map<String, Object> settings(long patienceMillis) {
        return Map.of(
                ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MILLIS),
                ProducerConfig.BATCH_SIZE_CONFIG, "65536",
                ProducerConfig.BUFFER_MEMORY_CONFIG, "33554432",
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(Math.min(1000, patienceMillis)),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(patienceMillis),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(patienceMillis + LINGER_MILLIS),
                ProducerConfig.CLIENT_ID_CONFIG, "prediction-log");
    }

    @Override
    public void write(LogRecord record) {
        if (away || !spool.isEmpty()) {
            spool.add(record);
            return;
        }
        send(record, () -> failed.add(record));
    }

    /** {@code later} runs when the broker is at fault, on any thread. */
    private void send(LogRecord record, Runnable later) {
        try {
            producer.send(record(record), (sent, failure) -> {
                if (failure == null) {
                    metrics.logged(record.servable());
                } else {
                    failed(record, failure, later);
                }
            });
        } catch (KafkaException e) {
            failed(record, e, later);
        }
    }

    private void failed(LogRecord record, Exception failure, Runnable later) {
        if (failure instanceof RecordTooLargeException) {
            metrics.dropped(record.servable(), LogMetrics.Reason.BROKER, 1);
            return;
        }
        if (!away) {
            away = true;
            log.warn("Predictions wait on disk: {}", failure instanceof RetriableException ? failure.getMessage() : failure.toString());
        }
        later.run();
    }

    private static ProducerRecord<String, byte[]> record(LogRecord record) {
        List<Header> headers = new ArrayList<>(record.headers().size());
        record.headers().forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return new ProducerRecord<>(Topics.PREDICTIONS, null, record.time(), record.id(), record.example(), headers);
    }

    @Override
    public void idle() {
        for (LogRecord record = failed.poll(); record != null; record = failed.poll()) {
            spool.add(record);
        }
        spool.flush();
    }

    private void resend() {
        try {
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean more = true;
                while (more && stopped.getCount() > 0) {
                    more = resendRound();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when there is nothing to send, or the broker is still away. */
    private boolean resendRound() throws InterruptedException {
        List<LogRecord> round = spool.peek(ROUND);
        if (round.isEmpty()) {
            away = away && !failed.isEmpty();
            return false;
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(round.size());
        try {
            for (LogRecord record : round) {
                sent.add(producer.send(record(record)));
            }
        } catch (KafkaException e) {
            log.debug("The broker is still away", e);
        }
        boolean all = sent.size() == round.size();
        for (Future<RecordMetadata> each : sent) {
            all &= settled(each);
        }
        if (!all) {
            return false;
        }
        round.forEach(record -> metrics.logged(record.servable()));
        spool.remove();
        return true;
    }

    /** Whether the record need not be sent again. */
    private boolean settled(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get(2 * patienceMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RecordTooLargeException;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** What the broker has not taken by then is on disk for the next start. */
    @Override
    public void close(Duration patience) {
        stopped.countDown();
        producer.close(patience);
        try {
            resender.join(2 * patienceMillis + 2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle();
        spool.close();
    }
}
