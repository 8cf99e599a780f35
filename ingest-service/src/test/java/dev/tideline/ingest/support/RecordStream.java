package dev.tideline.ingest.support;

import dev.tideline.contracts.Topics;
import dev.tideline.testing.TestKafka;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends numbered records through both doors and remembers which were acknowledged. */
public final class RecordStream implements AutoCloseable {

    private static final int HTTP_BATCH = 20;

    private final String dataset;
    private final Supplier<IngestClient> client;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();
    private final Thread kafka = Thread.ofPlatform().unstarted(this::overKafka);
    private final Thread http = Thread.ofPlatform().unstarted(this::overHttp);
    private volatile boolean running = true;

    public RecordStream(String dataset, Supplier<IngestClient> client) {
        this.dataset = dataset;
        this.client = client;
    }

    public RecordStream start() {
        kafka.start();
        http.start();
        return this;
    }

    /** Ids of records that were certainly taken. */
    public Set<String> acknowledged() {
        return acknowledged;
    }

    /** Ids of records whose request was cut off: they may have been taken. */
    public Set<String> uncertain() {
        return uncertain;
    }

    /** Stops sending and waits for the last answers. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        kafka.join();
        http.join();
    }

    private void overKafka() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            while (running) {
                int n = next.getAndIncrement();
                producer.send(new ProducerRecord<>(Topics.records(dataset), null, IngestClient.record(n).getBytes(StandardCharsets.UTF_8)),
                        (metadata, failure) -> (failure == null ? acknowledged : uncertain).add("r" + n));
                pause(1);
            }
        }
    }

    private void overHttp() {
        while (running) {
            int from = next.getAndAdd(HTTP_BATCH);
            Set<String> outcome = uncertain;
            try {
                if (client.get().sendRecords(dataset, from, from + HTTP_BATCH).status() == 202) {
                    outcome = acknowledged;
                }
            } catch (UncheckedIOException killed) {
                pause(50);
            }
            for (int n = from; n < from + HTTP_BATCH; n++) {
                outcome.add("r" + n);
            }
            pause(10);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
