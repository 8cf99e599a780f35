package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {

    @Test
    void theDefaultsAreFreeOfContradictions() {
        assertThat(RetrainingPolicy.defaults().problems()).isEmpty();
    }

    @Test
    void allContradictionsAreReportedAtOnce() {
        var policy = new RetrainingPolicy(
                new RetrainingPolicy.ErrorAlarm(true, List.of(2_000L, 500L)),
                new RetrainingPolicy.DataDrift(true, 0, 0),
                new RetrainingPolicy.CooldownRule(Duration.ofHours(2), -1, Duration.ofHours(1)),
                Duration.ZERO);
        assertThat(policy.problems()).extracting(Problem::pointer).containsExactly(
                "/errorAlarm/steps/1", "/dataDrift/windows", "/dataDrift/rows", "/cooldown/rows", "/cooldown/maxTime",
                "/requestTimeout");
    }

    @Test
    void aProblemNamesValueAndRule() {
        var policy = new RetrainingPolicy(
                new RetrainingPolicy.ErrorAlarm(true, List.of(2_000L, 500L)),
                RetrainingPolicy.defaults().dataDrift(), RetrainingPolicy.defaults().cooldown(), Duration.ofHours(1));
        assertThat(policy.problems()).extracting(Problem::toString)
                .containsExactly("/errorAlarm/steps/1: 500 (expected: above 2000)");
    }

    @Test
    void anEnabledAlarmNeedsAStep() {
        var policy = new RetrainingPolicy(
                new RetrainingPolicy.ErrorAlarm(true, List.of()),
                RetrainingPolicy.defaults().dataDrift(), RetrainingPolicy.defaults().cooldown(), Duration.ofHours(1));
        assertThat(policy.problems()).extracting(Problem::pointer).containsExactly("/errorAlarm/steps");
    }
}
