package dev.tideline.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.Problem;
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
        assertThat(RetentionPlan.retire(versions, keep(2), NOW, GRACE)).containsExactly(1L, 2L);
    }

    @Test
    void keepsAVersionThatSomebodyMayBeTrainingOn() {
        assertThat(RetentionPlan.retire(versions, keep(1), NOW, Duration.ofDays(3))).containsExactly(1L, 2L);
    }

    @Test
    void retiresNothingWithoutANumber() {
        assertThat(RetentionPlan.retire(versions, keep(null), NOW, GRACE)).isEmpty();
    }

    @Test
    void retiresNothingWhenThereAreFew() {
        assertThat(RetentionPlan.retire(versions, keep(4), NOW, GRACE)).isEmpty();
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

    private static RetentionPolicy keep(@Nullable Integer versions) {
        return new RetentionPolicy(versions, null);
    }

    private static VersionAge age(long version, int days) {
        return new VersionAge(version, NOW.minus(Duration.ofDays(days)));
    }
}
