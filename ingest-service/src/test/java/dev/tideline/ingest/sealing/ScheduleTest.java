package dev.tideline.ingest.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.scheduling.support.CronExpression;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void isDueAtWholeMultiplesOfItsStepWheneverItWasDeclared() {
        Schedule hourly = new Schedule.Every(Duration.ofHours(1));

        assertThat(hourly.next(Instant.parse("2026-05-01T10:17:03Z"))).hasValue(Instant.parse("2026-05-01T11:00:00Z"));
        assertThat(hourly.next(Instant.parse("2026-05-01T11:00:00Z"))).hasValue(Instant.parse("2026-05-01T12:00:00Z"));
    }

    @Test
    void isDueAtLocalTimesOfItsZone() {
        Schedule atThree = cron("0 0 3 * * *", BERLIN);

        assertThat(atThree.next(Instant.parse("2026-01-10T00:00:00Z"))).hasValue(Instant.parse("2026-01-10T02:00:00Z"));
        assertThat(atThree.next(Instant.parse("2026-07-10T00:00:00Z"))).hasValue(Instant.parse("2026-07-10T01:00:00Z"));
    }

    @Test
    void isDueOnceInTheNightThatRepeatsAnHour() {
        assertThat(from(cron("0 30 2 * * *", BERLIN), "2026-10-24T12:00:00Z", 2))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void isDueOnceInTheNightThatSkipsAnHour() {
        assertThat(from(cron("0 30 2 * * *", BERLIN), "2026-03-28T12:00:00Z", 2))
                .containsExactly(Instant.parse("2026-03-29T01:30:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void endsWhenNoSuchDayExists() {
        assertThat(cron("0 0 0 31 2 *", BERLIN).next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T11:00:00Z, 2026-05-01T11:00:00Z, 2026-05-01T11:00:00Z",
        "2026-05-01T11:00:00Z, 2026-05-01T11:59:59Z, 2026-05-01T11:00:00Z",
        "2026-05-01T11:00:00Z, 2026-05-03T15:20:00Z, 2026-05-03T15:00:00Z",
        "2025-05-01T11:00:00Z, 2026-05-03T15:20:00Z, 2026-05-03T15:00:00Z"
    })
    void takesTheLastOfAllPointsThatWereMissed(Instant due, Instant now, Instant last) {
        assertThat(new Schedule.Every(Duration.ofHours(1)).latest(due, now)).isEqualTo(last);
        assertThat(cron("0 0 * * * *", ZoneId.of("UTC")).latest(due, now)).isEqualTo(last);
    }

    @Test
    void findsTheLastPointOfAYearBySecondsAtOnce() {
        Schedule bySecond = cron("* * * * * *", ZoneId.of("UTC"));

        assertThat(bySecond.latest(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00.5Z")))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void findsTheLastPointOfARareSchedule() {
        Schedule yearly = cron("0 0 0 29 2 *", ZoneId.of("UTC"));

        assertThat(yearly.latest(Instant.parse("2020-02-29T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
    }

    private static Schedule cron(String expression, ZoneId zone) {
        return new Schedule.Cron(CronExpression.parse(expression), zone);
    }

    private static List<Instant> from(Schedule schedule, String start, int count) {
        List<Instant> points = new ArrayList<>();
        Instant time = Instant.parse(start);
        for (int i = 0; i < count; i++) {
            time = schedule.next(time).orElseThrow();
            points.add(time);
        }
        return points;
    }
}
