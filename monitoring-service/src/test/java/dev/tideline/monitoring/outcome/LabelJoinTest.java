package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.baseline.ModelBaseline;
import dev.tideline.monitoring.baseline.ModelBaselines;
import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.slice.Slices;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every order in which predictions and labels can come, on a clock that is moved by hand. */
class LabelJoinTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration EARLY = Duration.ofHours(1);
    private static final Duration RETENTION = Duration.ofDays(28);

    @TempDir
    private Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> known = new ArrayList<>(List.of("m"));
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> predictions;
    private TestInputTopic<String, byte[]> labels;

    @BeforeEach
    void open() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Prediction> logged = builder.stream(Topics.PREDICTIONS, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .mapValues((id, bytes) -> new Prediction(id, "m", 1, NOON, Example.decode(bytes)));
        // A model that was trained elsewhere has no dataset that rows could go back to.
        LabelJoin join = new LabelJoin(new Known(), null, Slices.none(), meters);
        OutcomeTopology topology = new OutcomeTopology(new OutcomeProperties(RETENTION, EARLY, 500, Duration.ofDays(1), Detector.HDDM_A,
                Duration.ofMillis(500), Duration.ofSeconds(10), 10_000), join);
        topology.join(builder, logged).mapValues(row -> row.answer() instanceof Answer.Named named ? "right=" + named.right() : "none")
                .to("joined", Produced.with(Serdes.String(), Serdes.String()));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "join");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(builder.build(), settings, NOON);
        predictions = driver.createInputTopic(Topics.PREDICTIONS, new StringSerializer(), new ByteArraySerializer());
        labels = driver.createInputTopic(Topics.OUTCOMES, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aLabelMeetsItsPrediction() {
        predict("a", 1);
        label("a", "1");
        label("b", "1");
        predict("b", 0);
        assertThat(joined()).containsExactly("a right=true", "b right=false");
        assertThat(count("JOINED")).isEqualTo(2);
        assertThat(count("EARLY")).isEqualTo(1);
    }

    @Test
    void aLabelMeetsItsPredictionWeeksLater() {
        predict("a", 1);
        driver.advanceWallClockTime(RETENTION.minusDays(1));
        label("a", "1");
        assertThat(joined()).containsExactly("a right=true");
    }

    @Test
    void theSameLabelAgainIsADuplicate() {
        predict("a", 1);
        label("a", "1");
        label("a", "1");
        assertThat(joined()).hasSize(1);
        assertThat(count("DUPLICATE")).isEqualTo(1);
    }

    @Test
    void anotherLabelLaterIsAContradictionAndTheFirstCounts() {
        predict("a", 1);
        label("a", "1");
        label("a", "0");
        assertThat(joined()).containsExactly("a right=true");
        assertThat(count("CONTRADICTORY")).isEqualTo(1);
    }

    @Test
    void ofTwoEarlyLabelsTheFirstCounts() {
        label("a", "1");
        label("a", "0");
        predict("a", 1);
        assertThat(joined()).containsExactly("a right=true");
        assertThat(count("EARLY")).isEqualTo(2);
    }

    @Test
    void aPredictionThatIsLoggedTwiceIsJoinedOnce() {
        predict("a", 1);
        predict("a", 0);
        label("a", "1");
        assertThat(joined()).containsExactly("a right=true");
    }

    @Test
    void aPredictionThatIsLoggedAgainAfterItsLabelIsNotWaitedForAgain() {
        predict("a", 1);
        label("a", "1");
        predict("a", 1);
        label("a", "1");
        assertThat(joined()).hasSize(1);
        assertThat(count("DUPLICATE")).isEqualTo(1);
    }

    @Test
    void anEarlyLabelWhosePredictionNeverComesIsCountedOnce() {
        label("a", "1");
        driver.advanceWallClockTime(EARLY.minusMinutes(1));
        assertThat(count("EXPIRED")).isZero();
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        assertThat(count("EXPIRED")).isEqualTo(1);
        driver.advanceWallClockTime(EARLY);
        assertThat(count("EXPIRED")).isEqualTo(1);
        predict("a", 1);
        assertThat(joined()).isEmpty();
    }

    @Test
    void anEarlyLabelThatWasJoinedDoesNotExpire() {
        label("a", "1");
        predict("a", 1);
        driver.advanceWallClockTime(EARLY.multipliedBy(2));
        assertThat(count("EXPIRED")).isZero();
    }

    @Test
    void anEarlyLabelThatDoesNotFitLeavesThePredictionToAnother() {
        known.clear();
        label("a", "1");
        predict("a", 1);
        assertThat(count("UNKNOWN_VERSION")).isEqualTo(1);
        known.add("m");
        label("a", "1");
        assertThat(joined()).containsExactly("a right=true");
    }

    @Test
    void theLongestLabelIsKeptAndALongerOneGoesAside() {
        predict("a", 1);
        label("a", "\"" + "\\u0000".repeat(4_096) + "\"");
        label("a", "\"" + "x".repeat(70_000) + "\"");
        assertThat(joined()).hasSize(1);
        assertThat(count("UNREADABLE")).isEqualTo(1);
    }

    @Test
    void aLabelUnderAnotherKeyThanItsPredictionGoesAside() {
        labels.pipeInput("b", "{\"predictionId\":\"a\",\"label\":1}".getBytes(StandardCharsets.UTF_8));
        labels.pipeInput("c", null);
        var aside = driver.createOutputTopic(Topics.deadLetter(Topics.OUTCOMES), new StringDeserializer(), new StringDeserializer());
        assertThat(aside.readRecordsToList()).extracting(TestRecord::key).containsExactly("b", "c");
        assertThat(count("UNREADABLE")).isEqualTo(2);
    }

    private void predict(String id, long answer) {
        Example example = Example.of(Map.of("x", Feature.floats(1), RecordHeaders.OUTPUT_PREFIX + "label", Feature.longs(answer)));
        TestRecord<String, byte[]> record = new TestRecord<>(id, example.encode());
        record.headers().add(new RecordHeader(RecordHeaders.MODEL, "m".getBytes(StandardCharsets.UTF_8)));
        predictions.pipeInput(record);
    }

    private void label(String id, String label) {
        labels.pipeInput(id, ("{\"predictionId\":\"" + id + "\",\"label\":" + label + "}").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> joined() {
        return driver.createOutputTopic("joined", new StringDeserializer(), new StringDeserializer()).readRecordsToList().stream()
                .map(record -> record.key() + " " + record.value()).toList();
    }

    private double count(String result) {
        return meters.counter("tideline.outcomes", "result", result).count();
    }

    private final class Known implements ModelBaselines {

        @Override
        public Optional<ModelBaseline> find(String model, long version) {
            return known.contains(model) ? Optional.of(ModelBaseline.learnt(new TreeMap<>())) : Optional.empty();
        }

        @Override
        public Optional<ModelBaseline> newest(String model) {
            return find(model, 1);
        }
    }
}
