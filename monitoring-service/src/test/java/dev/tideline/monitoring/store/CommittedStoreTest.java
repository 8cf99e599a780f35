package dev.tideline.monitoring.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts how often each key came; Kafka Streams itself says when to commit. */
class CommittedStoreTest {

    private static final String STORE = "counts";

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> keys;
    private CommittedStore<Integer> store;

    @BeforeEach
    void open() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(CommittedStore.builder(STORE, new Text()));
        builder.stream("keys", Consumed.with(Serdes.String(), Serdes.String())).process(Count::new, STORE);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "counting");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(builder.build(), settings, Instant.EPOCH);
        keys = driver.createInputTopic("keys", new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whatWasPutIsInTheChangelogAfterTheCommit() {
        keys.pipeInput("a", "");
        keys.pipeInput("a", "");
        assertThat(changelog()).isEqualTo(Map.of("a", "2"));
    }

    /** What Kafka Streams calls before it sends offsets with the transaction; {@code flush} comes later, and only now and then. */
    @Test
    void whatWasPutIsWrittenWhenCachesAreFlushedBeforeACommit() {
        keys.pipeInput("a", "");
        store.put("a", 40);
        assertThat(store.wrapped().get("a")).asString().isEqualTo("1");
        store.flushCache();
        assertThat(store.wrapped().get("a")).asString().isEqualTo("40");
    }

    @Test
    void moreObjectsThanAreHeldAreAllThere() {
        int many = CommittedStore.MAX_HELD + 100;
        keys.pipeInput("key", Integer.toString(many));
        keys.pipeInput("key", Integer.toString(many));
        assertThat(store.keys()).hasSize(many);
        assertThat(changelog()).hasSize(many).containsValue("2").doesNotContainValue("1");
    }

    @Test
    void whatWasRemovedIsGoneForGood() {
        keys.pipeInput("a", "");
        keys.pipeInput("a", "remove");
        assertThat(store.keys()).isEmpty();
        assertThat(changelog()).isEmpty();
        keys.pipeInput("a", "");
        assertThat(changelog()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void whatIsGivenUpBeforeACommitIsReadAsItWasCommitted() {
        keys.pipeInput("a", "");
        store.put("a", 40);
        store.clearCache();
        keys.pipeInput("a", "");
        assertThat(changelog()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void anObjectOfAnotherFormIsAsGoodAsAbsent() {
        keys.pipeInput("a", "");
        store.wrapped().put("a", "not a number".getBytes(StandardCharsets.UTF_8));
        store.clearCache();
        keys.pipeInput("a", "");
        assertThat(changelog()).isEqualTo(Map.of("a", "1"));
    }

    /** What a restart would read: the newest value of each key. */
    private Map<String, String> changelog() {
        Map<String, String> newest = new TreeMap<>();
        driver.createOutputTopic("counting-" + STORE + "-changelog", new StringDeserializer(), new StringDeserializer()).readRecordsToList()
                .forEach(record -> newest.put(record.key(), record.value()));
        newest.values().removeIf(Objects::isNull);
        return newest;
    }

    private final class Count extends ContextualProcessor<String, String, Void, Void> {

        @Override
        public void process(Record<String, String> record) {
            store = context().getStateStore(STORE);
            switch (record.value()) {
                case "" -> count(record.key());
                case "remove" -> store.remove(record.key());
                default -> IntStream.range(0, Integer.parseInt(record.value())).forEach(i -> count(record.key() + i));
            }
        }
    }

    private void count(String key) {
        store.put(key, Objects.requireNonNullElse(store.get(key), 0) + 1);
    }

    private record Text() implements CommittedStore.Codec<Integer> {

        @Override
        public byte[] write(Integer value) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable Integer read(String key, byte[] bytes) {
            return CommittedStore.readable(key, () -> Integer.valueOf(new String(bytes, StandardCharsets.UTF_8)));
        }
    }
}
