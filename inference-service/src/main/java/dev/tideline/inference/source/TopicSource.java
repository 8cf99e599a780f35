package dev.tideline.inference.source;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.inference.servable.AspiredVersions;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.EventReader;
import dev.tideline.storage.LocalFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows {@code tideline.model-versions}. The whole topic is read at the start, and only then are versions aspired to, the newest wish
 * per model; from then on every event counts at once. A broker that is away changes nothing about what is served.
 */
@Component
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "topic", matchIfMissing = true)
final class TopicSource implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicSource.class);

    private final ConsumerFactory<String, byte[]> consumers;
    private final EventReader events;
    private final ModelVersionFolders folders;
    private final ServableManager servables;
    private final SourceProperties properties;
    private final Map<String, AspiredVersions> newest = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private final SourceThread thread = new SourceThread();
    private volatile boolean caughtUp;

    TopicSource(
            ConsumerFactory<String, byte[]> consumers, EventReader events, LocalFiles files, ServableManager servables,
            SourceProperties properties) {
        this.consumers = consumers;
        this.events = events;
        this.folders = new ModelVersionFolders(files.root());
        this.servables = servables;
        this.properties = properties;
    }

    boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void start() {
        thread.start("model-versions", this::run);
    }

    private void run() {
        while (thread.running()) {
            Consumer<String, byte[]> current = consumer();
            consumer = current;
            try (TopicReader reader = TopicReader.open(current, Topics.MODEL_VERSIONS)) {
                log.info("Reading {} from its beginning", Topics.MODEL_VERSIONS);
                follow(reader);
            } catch (WakeupException e) {
                log.debug("Stopped while waiting for the broker");
            } catch (KafkaException e) {
                log.warn("{}: {} (expected: a broker that answers); what is served stays", Topics.MODEL_VERSIONS, e.getMessage());
                pause();
            } catch (RuntimeException e) {
                log.error("{}: cannot be followed; another attempt is made", Topics.MODEL_VERSIONS, e);
                pause();
            }
        }
    }

    private Consumer<String, byte[]> consumer() {
        Properties overrides = new Properties();
        overrides.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        overrides.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        overrides.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        overrides.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        return consumers.createConsumer(null, "model-versions", null, overrides);
    }

    private void follow(TopicReader reader) {
        while (thread.running()) {
            reader.poll(properties.poll(), this::take);
            if (reader.caughtUp() && !newest.isEmpty()) {
                newest.values().forEach(servables::aspire);
                newest.clear();
            }
            caughtUp = caughtUp || reader.caughtUp();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            newest.put(record.key(), AspiredVersions.none(record.key()));
            return;
        }
        try {
            ModelVersionEvent event = events.read(record.value(), ModelVersionEvent.class);
            newest.put(event.model(), folders.aspired(event));
        } catch (TidelineException e) {
            log.error("{}-{} offset {} is passed over: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void pause() {
        try {
            stopped.await(properties.retry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        thread.stop(current -> {
            stopped.countDown();
            Consumer<String, byte[]> waiting = consumer;
            if (waiting != null) {
                waiting.wakeup();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }
}
