package dev.tideline.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.predictionlog.PredictionHead;
import dev.tideline.monitoring.support.ServiceTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

/** In years before all others, so that no other test's rows give way. */
class RecordingIT extends ServiceTest {

    private static final Duration KEEP = Duration.ofDays(30);

    @Autowired
    private JdbcPredictions predictions;

    @Autowired
    private PlatformTransactionManager transactions;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aSecondDeliveryIsCountedAndChangesNothing() {
        Instant now = Instant.parse("1999-05-10T12:00:00Z");
        Recording recording = recording(now, 1_000);
        recording.predictions(rows("again", now, 5));
        long rows = predictions.rows();
        recording.predictions(rows("again", now, 5));
        assertThat(predictions.rows()).isEqualTo(rows);
        assertThat(counted("RECORDED")).isEqualTo(5);
        assertThat(counted("REPEATED")).isEqualTo(5);
    }

    @Test
    void whatIsTooOldIsForgottenByTheDay() {
        Instant then = Instant.parse("1998-01-01T12:00:00Z");
        recording(then, 1_000).predictions(rows("old", then, 3));
        assertThat(predictions.find("old-0")).isPresent();
        Recording later = recording(then.plus(KEEP).plus(Duration.ofDays(1)), 1_000);
        later.sweep();
        assertThat(predictions.find("old-0")).isEmpty();
        later.predictions(rows("old", then, 3));
        assertThat(counted("TOO_OLD")).isEqualTo(3);
        assertThat(predictions.find("old-0")).isEmpty();
    }

    @Test
    void theOldestDayGivesWayWhenThereIsTooMuch() {
        Instant then = Instant.parse("1997-03-01T12:00:00Z");
        Instant dayAfter = then.plus(Duration.ofDays(1));
        recording(dayAfter, 100).predictions(rows("first", then, 60));
        recording(dayAfter, 50).predictions(rows("second", dayAfter, 60));
        assertThat(predictions.find("first-0")).isEmpty();
        assertThat(predictions.find("second-59")).isPresent();
        recording(dayAfter, 0).predictions(rows("third", dayAfter, 10));
        assertThat(predictions.find("third-0")).isEmpty();
        assertThat(counted("FULL")).isEqualTo(10);
        assertThat(predictions.find("second-0")).as("of the same day").isPresent();
    }

    @Test
    void aClockThatRunsAheadMakesNoDayOfItsOwn() {
        Instant now = Instant.parse("1999-06-01T12:00:00Z");
        recording(now, 1_000).predictions(rows("ahead", Instant.parse("2999-01-01T00:00:00Z"), 1));
        assertThat(predictions.find("ahead-0").orElseThrow().logged()).isEqualTo(Instant.parse("1999-06-01T00:00:00Z"));
    }

    /** With room for {@code room} more rows than there are. */
    private Recording recording(Instant now, long room) {
        PredictionProperties properties = new PredictionProperties(1, KEEP, predictions.rows() + room, Duration.ofSeconds(5));
        return new Recording(predictions, properties, transactions, InstantSource.fixed(now), meters);
    }

    private static List<Whereabouts> rows(String name, Instant time, int count) {
        return IntStream.range(0, count).mapToObj(i -> new Whereabouts(
                new PredictionHead(name + "-" + i, name, 1, Instant.EPOCH, null, null), time, 0, i)).toList();
    }

    private double counted(String result) {
        return meters.counter("tideline.predictions.recorded", "result", result).count();
    }
}
