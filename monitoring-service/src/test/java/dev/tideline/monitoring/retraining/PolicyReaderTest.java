package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PolicyReaderTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final PolicyReader reader = new PolicyReader(json);

    @Test
    void nothingGivenIsTheDefault() {
        assertThat(read("{}")).isEqualTo(RetrainingPolicy.defaults());
    }

    @Test
    void partsLeftOutTakeTheirDefaults() {
        RetrainingPolicy policy = read("{\"cooldown\":{\"time\":\"PT5M\"},\"errorAlarm\":{\"steps\":[300]}}");
        assertThat(policy.cooldown()).isEqualTo(new RetrainingPolicy.CooldownRule(Duration.ofMinutes(5), 1_000, Duration.ofHours(24), 1_000));
        assertThat(policy.errorAlarm()).isEqualTo(new RetrainingPolicy.ErrorAlarm(true, List.of(300L)));
    }

    @Test
    void aPolicySurvivesItsOwnJson() {
        RetrainingPolicy policy = read("{\"dataDrift\":{\"windows\":3}}");
        assertThat(read(json.writeValueAsString(policy))).isEqualTo(policy);
    }

    @Test
    void fieldsThatAreNotKnownAreMistakes() {
        assertThat(problems("{\"errorAlarms\":{},\"dataDrift\":{\"window\":3}}")).containsExactly(
                "/errorAlarms: {} (expected: one of errorAlarm, dataDrift, predictionDrift, volume, age, schedule, metricFloor, cooldown, budget, approval, deployApproval, paused, requestTimeout)",
                "/dataDrift/window: 3 (expected: one of enabled, windows, of, rows, unlessLabelled)");
    }

    @Test
    void valuesOfAnotherTypeAreMistakes() {
        assertThat(problems("{\"cooldown\":{\"time\":\"soon\"}}")).singleElement().asString().startsWith("/cooldown/time: \"soon\"");
    }

    @Test
    void contradictionsAreMistakes() {
        assertThat(problems("{\"errorAlarm\":{\"steps\":[2000,500]}}"))
                .containsExactly("/errorAlarm/steps/1: 500 (expected: above 2000)");
    }

    @Test
    void windowsGivenAloneAreWindowsInARow() {
        assertThat(read("{\"dataDrift\":{\"windows\":3}}").dataDrift().of()).isEqualTo(3);
        assertThat(read("{\"dataDrift\":{\"windows\":3,\"of\":5}}").dataDrift().of()).isEqualTo(5);
    }

    @Test
    void aLongRestRaisesTheLimitOfItsDoubling() {
        assertThat(read("{\"cooldown\":{\"rows\":9000}}").cooldown().maxRows()).isEqualTo(9_000);
        assertThat(read("{\"cooldown\":{\"rows\":10}}").cooldown().maxRows()).isEqualTo(1_000);
    }

    @Test
    void aPolicyStoredBeforeItHadAllPartsTakesTheirDefaults() {
        assertThat(reader.stored("{\"cooldown\":{\"time\":\"PT5M\"},\"gone\":1}").budget()).isEqualTo(RetrainingPolicy.defaults().budget());
    }

    @Test
    void nullIsNoValue() {
        assertThat(problems("{\"requestTimeout\":null}")).singleElement().asString().startsWith("/requestTimeout: null");
    }

    @Test
    void aPolicyIsAnObject() {
        assertThat(problems("[]")).containsExactly(": [] (expected: an object)");
    }

    private RetrainingPolicy read(String policy) {
        return reader.read(json.readTree(policy));
    }

    private List<String> problems(String policy) {
        TidelineException refusal = catchThrowableOfType(TidelineException.class, () -> read(policy));
        assertThat(refusal.code()).isEqualTo(RetrainingError.INVALID_POLICY);
        return refusal.problems().stream().map(Problem::toString).toList();
    }
}
