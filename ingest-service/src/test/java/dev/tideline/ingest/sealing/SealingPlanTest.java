package dev.tideline.ingest.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.ingest.sealing.SealingPlan.Step;
import dev.tideline.ingest.version.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealingPlanTest {

    private static final SealingWindow LAST = new SealingWindow.Fixed(new DataWindow.Last(500));
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));

    @Test
    void sealsOnceEnoughRecordsCameSinceTheLastVersion() {
        assertThat(decide(new SealingRule(LAST, 1_000L, null), null, 5_000, 3, 4_000, NOON)).isEqualTo(new Step.Seal(Trigger.COUNT,
                "count/after-3", new DataWindow.Last(500), "1000 new records since version 3 (every 1000)"));
    }

    @Test
    void waitsForTheLastRecord() {
        assertThat(decide(new SealingRule(LAST, 1_000L, null), null, 4_999, 3, 4_000, NOON))
                .isEqualTo(new Step.Wait("999 new records since version 3 of 1000"));
    }

    @Test
    void countsFromTheFirstRecordWhileThereIsNoVersion() {
        assertThat(decide(new SealingRule(LAST, 2L, null), null, 1, 0, 0, NOON))
                .isEqualTo(new Step.Wait("1 new record and no version so far of 2"));
        assertThat(decide(new SealingRule(LAST, 2L, null), null, 2, 0, 0, NOON)).isInstanceOf(Step.Seal.class);
    }

    @Test
    void sealsWhenAPointOfTheScheduleIsReached() {
        assertThat(decide(new SealingRule(LAST, null, HOURLY), NOON, 10, 1, 5, NOON)).isEqualTo(new Step.Seal(Trigger.SCHEDULE,
                "schedule/2026-05-01T12:00:00Z", new DataWindow.Last(500), "due at 2026-05-01T12:00:00Z, 5 new records since version 1"));
        assertThat(decide(new SealingRule(LAST, null, HOURLY), NOON, 10, 1, 5, NOON.minusMillis(1))).isInstanceOf(Step.Wait.class);
    }

    @Test
    void makesPointsThatWereMissedUpOnce() {
        assertThat(decide(new SealingRule(LAST, null, HOURLY), NOON, 10, 1, 5, NOON.plus(Duration.ofMinutes(200))))
                .isInstanceOfSatisfying(Step.Seal.class, seal -> assertThat(seal.requestId()).isEqualTo("schedule/2026-05-01T15:00:00Z"));
    }

    @Test
    void skipsAPointWithoutNewRecords() {
        assertThat(decide(new SealingRule(LAST, null, HOURLY), NOON, 5, 1, 5, NOON))
                .isEqualTo(new Step.Skip("due at 2026-05-01T12:00:00Z, but no new records since version 1"));
        assertThat(decide(new SealingRule(LAST, null, HOURLY), NOON, 0, 0, 0, NOON))
                .isEqualTo(new Step.Skip("due at 2026-05-01T12:00:00Z, but no new records and no version so far"));
    }

    @Test
    void movesAWindowByAgeWithTheScheduleNotWithTheClock() {
        SealingRule rule = new SealingRule(new SealingWindow.Recent(Duration.ofDays(7)), null, HOURLY);

        assertThat(decide(rule, NOON, 10, 1, 5, NOON.plusSeconds(59))).isInstanceOfSatisfying(Step.Seal.class, seal ->
                assertThat(seal.window()).isEqualTo(new DataWindow.Since(Instant.parse("2026-04-24T12:00:00Z"))));
    }

    @Test
    void looksAtTheCountWhileTheScheduleIsNotDue() {
        assertThat(decide(new SealingRule(LAST, 5L, HOURLY), NOON, 10, 1, 5, NOON.minusSeconds(1)))
                .isInstanceOfSatisfying(Step.Seal.class, seal -> assertThat(seal.trigger()).isEqualTo(Trigger.COUNT));
    }

    private static Step decide(SealingRule rule, @Nullable Instant due, long committed, long version, long sealed, Instant now) {
        return SealingPlan.decide(new SealingPlan.State(rule, due, committed, version, sealed), now);
    }
}
