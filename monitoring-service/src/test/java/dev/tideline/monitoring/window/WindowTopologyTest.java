package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.signal.Signal.ClosedBy;
import dev.tideline.monitoring.slice.Slices;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of 20 rows or ten minutes, chunks of 5 rows or half a second, a minute of grace; the clock is moved by hand. */
class WindowTopologyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TreeMap<String, Baseline> BINS = new TreeMap<>(Map.of("x",
            new Baseline.Numeric(new double[] {5}, new long[] {50, 50}, 0, 0, 9, 4.5, 3)));

    @TempDir
    private Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean known = true;
    private TopologyTestDriver driver;
    private TestInputTopic<String, String> predictions;
    private TestOutputTopic<String, Signal> signals;
    private int sent;

    @BeforeEach
    void open() {
        StreamsBuilder builder = new StreamsBuilder();
        new WindowTopology(new WindowProperties(20, Duration.ofMinutes(10), Duration.ofMinutes(1), 5, Duration.ofMillis(500)),
                new LearningProperties(8, 5), new Known(), Slices.none(), meters)
                .addTo(builder, builder.stream("predictions", Consumed.with(Serdes.String(), Serdes.String())).mapValues(
                        (id, time) -> new Prediction(id, "m", 1, Instant.parse(time), Example.of(Map.of("x", Feature.floats(id.length()))))))
                .to("signals", Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "windows");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(builder.build(settings), settings, NOON);
        predictions = driver.createInputTopic("predictions", new StringSerializer(), new StringSerializer());
        signals = driver.createOutputTopic("signals", new StringDeserializer(), JsonSerde.of(Signal.class).deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aWindowClosesWithTheChunkThatFillsItAndTheNextOneGoesOn() {
        predict(40, NOON);
        assertThat(windows()).extracting(Signal.WindowClosed::sequence, Signal.WindowClosed::rows, Signal.WindowClosed::closedBy)
                .containsExactly(tuple(1L, 20L, ClosedBy.ROWS), tuple(2L, 20L, ClosedBy.ROWS));
    }

    @Test
    void aWindowClosesWhenItsEventTimesSpanItsLength() {
        predict(5, NOON);
        predict(5, NOON.plus(Duration.ofMinutes(10)));
        assertThat(windows()).singleElement().satisfies(window -> {
            assertThat(window.closedBy()).isEqualTo(ClosedBy.TIME);
            assertThat(window.rows()).isEqualTo(10);
            assertThat(List.of(window.from(), window.to())).containsExactly(NOON, NOON.plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void aWindowClosesInSilenceToo() {
        predict(3, NOON);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofMinutes(9));
        assertThat(windows()).isEmpty();
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        assertThat(windows()).singleElement().satisfies(window -> {
            assertThat(window.closedBy()).isEqualTo(ClosedBy.SILENCE);
            assertThat(window.rows()).isEqualTo(3);
        });
        driver.advanceWallClockTime(Duration.ofHours(1));
        assertThat(windows()).as("an empty window says nothing").isEmpty();
    }

    @Test
    void aRowWithinTheGraceIsNotLateAndOneBehindItStretchesNothing() {
        predict(18, NOON);
        predict(1, NOON.minusSeconds(59));
        predict(1, NOON.minusSeconds(61));
        assertThat(windows()).singleElement().satisfies(window -> {
            assertThat(window.rows()).isEqualTo(20);
            assertThat(window.from()).isEqualTo(NOON.minusSeconds(59));
            assertThat(ProfileSetCodec.read(window.profiles(), BINS).late()).isEqualTo(1);
        });
        assertThat(meters.counter("tideline.predictions.late").count()).isEqualTo(1);
    }

    @Test
    void theFirstRowsOfAnUnknownVersionBecomeItsBaselineAndThoseThatWaitedAreCounted() {
        known = false;
        predict(15, NOON);
        assertThat(signals.readValuesToList()).singleElement().isInstanceOfSatisfying(Signal.BaselineLearnt.class,
                learnt -> assertThat(learnt.rows()).isEqualTo(8));
        known = true;
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        predict(12, NOON);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofMinutes(11));
        assertThat(windows().stream().mapToLong(Signal.WindowClosed::rows).sum()).as("27 rows but the 8 of the baseline").isEqualTo(19);
    }

    private void predict(int count, Instant time) {
        for (int i = 0; i < count; i++) {
            predictions.pipeInput("p" + sent++, time.toString());
        }
    }

    private List<Signal.WindowClosed> windows() {
        return signals.readValuesToList().stream().map(Signal.WindowClosed.class::cast).toList();
    }

    private final class Known implements ModelBaselines {

        @Override
        public Optional<ModelBaseline> find(String model, long version) {
            return known ? Optional.of(ModelBaseline.learnt(BINS)) : Optional.empty();
        }

        @Override
        public Optional<ModelBaseline> newest(String model) {
            return find(model, 1);
        }
    }
}
