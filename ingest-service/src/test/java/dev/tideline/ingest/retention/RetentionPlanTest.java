package dev.tideline.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import dev.tideline.ingest.version.Pin;
import dev.tideline.ingest.version.VersionAge;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RetentionPlanTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration GRACE = Duration.ofDays(1);

    private final List<VersionAge> versions = List.of(age(3, 2), age(1, 9), age(4, 0), age(2, 5));

    @Test
    void retiresTheOldestBeyondTheNumberToKeep() {
        assertThat(retired(versions, keep(2), GRACE)).containsExactly(2L, 1L);
    }

    @Test
    void keepsAVersionThatSomebodyMayBeTrainingOn() {
        assertThat(retired(versions, keep(1), Duration.ofDays(3))).containsExactly(2L, 1L);
    }

    @Test
    void keepsAVersionForEveryPinThatHolds() {
        Pin job = new Pin("job:7", "a training job reads it", NOW, NOW.plusSeconds(60));
        Pin model = new Pin("model:late", "", NOW, null);
        VersionAge used = new VersionAge(1, NOW.minus(Duration.ofDays(9)), 10, List.of(job, model));

        assertThat(RetentionPlan.of(List.of(used, age(2, 5), age(3, 2)), keep(1), NOW, GRACE)).extracting(RetentionPlan.Fate::retire, RetentionPlan.Fate::reason)
                .containsExactly(tuple(false, "one of the newest 1"), tuple(true, "beyond the newest 1, not in use"),
                        tuple(false, "in use: job:7, a training job reads it, until 2026-06-01T00:01:00Z; model:late"));
    }

    @Test
    void saysWhyAYoungVersionIsKept() {
        assertThat(RetentionPlan.of(List.of(age(1, 1), age(2, 0)), keep(1), NOW, Duration.ofDays(3)).getLast().reason())
                .isEqualTo("sealed less than PT72H ago, beyond the newest 1");
    }

    @Test
    void countsPinnedVersionsAmongTheNewest() {
        VersionAge used = new VersionAge(4, NOW.minus(Duration.ofDays(2)), 10, List.of(new Pin("model:late", "", NOW, null)));

        assertThat(retired(List.of(used, age(3, 2), age(2, 5)), keep(2), GRACE)).containsExactly(2L);
    }

    @Test
    void retiresNothingWithoutANumber() {
        assertThat(retired(versions, keep(null), GRACE)).isEmpty();
    }

    @Test
    void retiresNothingWhenThereAreFew() {
        assertThat(retired(versions, keep(4), GRACE)).isEmpty();
        assertThat(retired(List.of(), keep(4), GRACE)).isEmpty();
    }

    @Test
    void readsAPolicy() {
        assertThat(RetentionPolicy.read(JsonMapper.builder().build().readTree("{\"keepVersions\":3,\"maxAge\":\"P30D\"}")))
                .isEqualTo(new RetentionPolicy(3, Duration.ofDays(30)));
    }

    @Test
    void listsEverythingThatIsWrongWithAPolicy() {
        assertThatThrownBy(() -> RetentionPolicy.read(JsonMapper.builder().build().readTree("{\"keepVersions\":0,\"maxAge\":\"30 days\",\"keep\":1}")))
                .isInstanceOfSatisfying(TidelineException.class, e -> assertThat(e.problems()).extracting(Problem::toString).containsExactly(
                        "/keepVersions: 0 (expected: an integer above 0)",
                        "/maxAge: \"30 days\" (expected: an ISO-8601 duration of a second or more, such as P30D)",
                        "/keep: 1 (expected: keepVersions or maxAge)"));
    }

    private static List<Long> retired(List<VersionAge> kept, RetentionPolicy policy, Duration grace) {
        return RetentionPlan.of(kept, policy, NOW, grace).stream().filter(RetentionPlan.Fate::retire).map(RetentionPlan.Fate::version).toList();
    }

    private static RetentionPolicy keep(@Nullable Integer versions) {
        return new RetentionPolicy(versions, null);
    }

    private static VersionAge age(long version, int days) {
        return new VersionAge(version, NOW.minus(Duration.ofDays(days)), 10, List.of());
    }
}
