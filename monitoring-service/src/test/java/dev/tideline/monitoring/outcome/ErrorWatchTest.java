package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.monitoring.archive.ArchivedExample;
import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.predictionlog.Prediction;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.tfrecord.Example;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the labels of one version, on a clock that is moved by hand. The n-th prediction was made n seconds after noon. */
class ErrorWatchTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static final ArchivedExample KEPT = new ArchivedExample("data", new byte[0], Map.of());

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> labels;
    private TestOutputTopic<String, Signal> signals;
    private int sent;

    @BeforeEach
    void open() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Labelled> labelled = builder.stream("labels", Consumed.with(Serdes.String(), Serdes.String())).mapValues(
                (id, text) -> new Labelled(new Prediction(id, "m", 1, NOON.plusSeconds(Long.parseLong(id)), Example.of(Map.of())),
                        new Answer.Named(text.startsWith("right"), null, null, null), text.endsWith("kept") ? KEPT : null, List.of(text.substring(text.indexOf(' ') + 1))));
        OutcomeProperties properties = new OutcomeProperties(DAY, DAY, 20, DAY, Detector.HDDM_A, Duration.ofMillis(500), DAY, 1);
        new OutcomeTopology(properties, null).watch(builder, labelled).to("signals", Produced.with(Serdes.String(), JsonSerde.of(Signal.class)));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "watch");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(builder.build(settings), settings, NOON);
        labels = driver.createInputTopic("labels", new StringSerializer(), new StringSerializer());
        signals = driver.createOutputTopic("signals", new StringDeserializer(), JsonSerde.of(Signal.class).deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void anAlarmIsRaisedOnceForTheWholeVersionAndNamesTheLabelAndTheTimeOfItsPrediction() {
        label(50, "right kind=a");
        List<Signal> said = new ArrayList<>();
        for (int i = 0; i < 20 && of(said, Signal.ErrorAlarm.class).isEmpty(); i++) {
            label(1, "wrong kind=a");
            label(1, "right kind=a");
            said.addAll(said());
        }
        List<Signal.ErrorAlarm> alarms = of(said, Signal.ErrorAlarm.class);
        assertThat(alarms).hasSize(1);
        Signal.ErrorAlarm alarm = alarms.getFirst();
        assertThat(alarm.label()).isBetween(51L, 90L);
        assertThat(alarm.from()).isEqualTo(NOON.plusSeconds(alarm.label()));
        assertThat(alarm.evidence().get("errorSince")).isGreaterThan(alarm.evidence().get("errorBefore"));
        assertThat(of(said, Signal.ErrorWarning.class)).first().satisfies(warning -> {
            assertThat(warning.raised()).isTrue();
            assertThat(warning.label()).isLessThan(alarm.label());
        });
    }

    @Test
    void rowsThatAreOlderThanTheAlarmAreToldApart() {
        label(50, "right kind=a");
        while (of(said(), Signal.ErrorAlarm.class).isEmpty()) {
            label(1, "wrong kind=a");
        }
        for (String early : List.of("1", "2", "3")) {
            labels.pipeInput(early, "right kept");
        }
        label(2, "right kept");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(of(said(), Signal.LabelsCounted.class).getLast()).satisfies(counted -> {
            assertThat(counted.archived()).isEqualTo(5);
            assertThat(counted.older()).isEqualTo(3);
        });
    }

    @Test
    void aLabelThatComesWeeksLateAndRaisesTheAlarmDoesNotDrawTheNewConceptBack() {
        label(50, "right kind=a");
        List<Signal> said = new ArrayList<>();
        for (int i = 0; i < 40 && of(said, Signal.ErrorAlarm.class).isEmpty(); i++) {
            label(1, "right kind=a");
            labels.pipeInput(Long.toString(-DAY.multipliedBy(20).toSeconds()), "wrong kind=a");
            said.addAll(said());
        }
        assertThat(of(said, Signal.ErrorAlarm.class)).hasSize(1);
        assertThat(of(said, Signal.ErrorAlarm.class).getFirst().from()).isAfter(NOON);
    }

    @Test
    void aFullWindowOfLabelsTellsItsQualityByVersionAndSlice() {
        label(15, "right kind=a");
        label(10, "wrong kind=b");
        assertThat(of(said(), Signal.AccuracyClosed.class)).singleElement().satisfies(window -> {
            assertThat(window.slice()).isEmpty();
            assertThat(List.of(window.sequence(), window.labels(), window.right())).containsExactly(1L, 20L, 15L);
            assertThat(window.figures()).containsEntry("accuracy", 0.75);
            assertThat(List.of(window.from(), window.to())).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(20));
        });
        label(10, "wrong kind=b");
        assertThat(of(said(), Signal.AccuracyClosed.class)).singleElement().satisfies(window -> {
            assertThat(window.slice()).isEqualTo("kind=b");
            assertThat(window.figures()).containsEntry("accuracy", 0.0);
            assertThat(window.calibration()).isNull();
        });
    }

    @Test
    void labelsThatTrickleInAreToldAfterADay() {
        label(3, "right kind=a");
        driver.advanceWallClockTime(DAY.minusMinutes(1));
        assertThat(of(said(), Signal.AccuracyClosed.class)).isEmpty();
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        assertThat(of(said(), Signal.AccuracyClosed.class)).extracting(Signal.AccuracyClosed::slice, Signal.AccuracyClosed::labels)
                .containsExactlyInAnyOrder(tuple("", 3L), tuple("kind=a", 3L));
    }

    @Test
    void totalsAreToldWhenTheyHaveMovedAndNotAgain() {
        label(2, "right kind=a");
        label(1, "wrong kind=a");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(of(said(), Signal.LabelsCounted.class)).containsExactly(new Signal.LabelsCounted("m", 1, 3, 3, 2, 0, 0L));
        driver.advanceWallClockTime(Duration.ofSeconds(30));
        assertThat(said()).isEmpty();
    }

    private void label(int count, String text) {
        for (int i = 0; i < count; i++) {
            labels.pipeInput(Integer.toString(++sent), text);
        }
    }

    private List<Signal> said() {
        return signals.readValuesToList();
    }

    private static <T extends Signal> List<T> of(List<Signal> said, Class<T> kind) {
        return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
