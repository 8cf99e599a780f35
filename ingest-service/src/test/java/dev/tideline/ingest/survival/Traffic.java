package dev.tideline.ingest.survival;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Three clients that never stop: a Kafka producer, one that sends over HTTP and takes no second try, and one that repeats a request
 * with the same Idempotency-Key, at whichever instance, until it is told that it was taken.
 */
final class Traffic implements AutoCloseable {

    private static final int BATCH = 25;
    private static final int POISON_EVERY = 50;
    private static final Duration LAST_TRIES = Duration.ofSeconds(90);

    private final String dataset;
    private final String bootstrap;
    private final Ledger ledger;
    private final List<RecordDoor> doors;
    private final Path scratch;
    private final List<Thread> threads;
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile long giveUpAt = Long.MAX_VALUE;
    private volatile boolean running = true;

    /** @param scratch folder for the body that is being made */
    Traffic(String dataset, String bootstrap, Ledger ledger, List<RecordDoor> doors, Path scratch) {
        this.dataset = dataset;
        this.bootstrap = bootstrap;
        this.ledger = ledger;
        this.doors = doors;
        this.scratch = scratch;
        this.threads = List.of(thread("kafka", this::overKafka), thread("http", this::overHttp), thread("keyed", this::overHttpWithKeys));
    }

    Traffic start() {
        threads.forEach(Thread::start);
        return this;
    }

    /** Stops sending; returns when each client has its last answer. */
    @Override
    public void close() {
        running = false;
        giveUpAt = System.nanoTime() + LAST_TRIES.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(LAST_TRIES.multipliedBy(2).toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What went wrong in the clients themselves. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("traffic-" + name).unstarted(work);
        thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
        return thread;
    }

    private void overKafka() {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "delivery.timeout.ms", 180_000, "max.block.ms", 120_000);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int turn = 1; running; turn++) {
                if (turn % POISON_EVERY == 0) {
                    int n = ledger.nextPoison();
                    producer.send(message(null, SentRecord.poison(n), RecordHeaders.JSON), (metadata, failure) -> {
                        if (failure == null) {
                            ledger.acknowledgePoison(n);
                        }
                    });
                } else {
                    SentRecord record = ledger.next();
                    boolean encoded = turn % 2 == 0;
                    producer.send(message(record.id(), encoded ? record.example() : record.json(), encoded ? RecordHeaders.EXAMPLE : RecordHeaders.JSON),
                            (metadata, failure) -> {
                                if (failure == null) {
                                    ledger.acknowledge(List.of(record));
                                }
                            });
                }
                pause(4);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> message(@Nullable String key, byte[] value, String contentType) {
        var message = new ProducerRecord<>(Topics.records(dataset), key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
        message.headers().add(RecordHeaders.CONTENT_TYPE, contentType.getBytes(StandardCharsets.UTF_8));
        return message;
    }

    private void overHttp() {
        SplittableRandom random = new SplittableRandom(1);
        while (running) {
            List<SentRecord> records = batch();
            StringBuilder lines = new StringBuilder();
            records.forEach(record -> lines.append(new String(record.json(), StandardCharsets.UTF_8)).append('\n'));
            int status = door(random).send("application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8), null);
            if (status == RecordDoor.TAKEN) {
                ledger.acknowledge(records);
            }
            pause(status == RecordDoor.TAKEN ? 50 : 150);
        }
    }

    private void overHttpWithKeys() {
        SplittableRandom random = new SplittableRandom(2);
        for (int request = 0; running; request++) {
            List<SentRecord> records = batch();
            byte[] body = tfRecord(records);
            while (System.nanoTime() < giveUpAt) {
                if (door(random).send("application/x-tfrecord", body, "request-" + request) == RecordDoor.TAKEN) {
                    ledger.acknowledge(records);
                    break;
                }
                pause(150);
            }
            pause(50);
        }
    }

    private RecordDoor door(SplittableRandom random) {
        return doors.get(random.nextInt(doors.size()));
    }

    private List<SentRecord> batch() {
        return IntStream.range(0, BATCH).mapToObj(i -> ledger.next()).toList();
    }

    private byte[] tfRecord(List<SentRecord> records) {
        Path file = scratch.resolve("body.tfrecord");
        try {
            Files.deleteIfExists(file);
            try (TfRecordWriter writer = TfRecordWriter.create(file)) {
                for (SentRecord record : records) {
                    writer.write(record.example());
                }
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
