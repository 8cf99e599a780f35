package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RetrainingPolicyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void theDefaultsAreFreeOfContradictions() {
        assertThat(PolicyCheck.problems(RetrainingPolicy.defaults())).isEmpty();
    }

    @Test
    void allContradictionsAreReportedAtOnce() {
        assertThat(problems("""
                {"errorAlarm":{"steps":[2000,500]},"dataDrift":{"windows":0,"of":0,"rows":0},"schedule":{"enabled":true},
                 "cooldown":{"time":"PT2H","rows":-1,"maxTime":"PT1H"},"budget":{"trainings":1},"requestTimeout":"PT0S"}"""))
                .extracting(Problem::pointer).containsExactly("/errorAlarm/steps/1", "/dataDrift/windows", "/dataDrift/of", "/dataDrift/rows",
                        "/schedule/cron", "/cooldown/rows", "/cooldown/maxTime", "/budget/trainings", "/requestTimeout");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'errorAlarm':{'steps':[2000,500]}} | /errorAlarm/steps/1: 500 (expected: above 2000)",
        "{'errorAlarm':{'steps':[]}} | /errorAlarm/steps: [] (expected: at least one step while the alarm is enabled)",
        "{'dataDrift':{'windows':3,'of':2}} | /dataDrift/of: 2 (expected: 3 to 100)",
        "{'predictionDrift':{'unlessLabelled':-1}} | /predictionDrift/unlessLabelled: -1 (expected: at least 0)",
        "{'volume':{'share':-0.1}} | /volume/share: -0.1 (expected: from 0 to 100)",
        "{'age':{'max':'PT0S'}} | /age/max: PT0S (expected: above zero)",
        "{'schedule':{'enabled':true}} | /schedule/cron: null (expected: an expression such as 0 0 3 * * * while the schedule is enabled)",
        "{'schedule':{'cron':'daily'}} | /schedule/cron: daily (expected: second, minute, hour, day of month, month and day of week, such as 0 0 3 * * *)",
        "{'schedule':{'zone':'Mars'}} | /schedule/zone: Mars (expected: a time zone such as UTC or Europe/Vienna)",
        "{'metricFloor':{'accuracy':1.2}} | /metricFloor/accuracy: 1.2 (expected: between 0 and 1)",
        "{'cooldown':{'maxRows':999}} | /cooldown/maxRows: 999 (expected: at least 1000)",
        "{'budget':{'trainings':1}} | /budget/trainings: 1 (expected: 2 to 1000, as an error alarm leads to 2 trainings)",
        "{'budget':{'time':'PT0S'}} | /budget/time: PT0S (expected: above zero)"
    })
    void aProblemNamesValueAndRule(String policy, String problem) {
        assertThat(problems(policy.replace('\'', '"'))).extracting(Problem::toString).containsExactly(problem);
    }

    /** What the service would say, without the refusal around it. */
    private static List<Problem> problems(String given) {
        var merged = (ObjectNode) JSON.valueToTree(RetrainingPolicy.defaults());
        JSON.readTree(given).properties().forEach(part -> {
            if (part.getValue().isObject()) {
                part.getValue().properties().forEach(field -> ((ObjectNode) merged.get(part.getKey()))
                        .set(field.getKey(), field.getValue()));
            } else {
                merged.set(part.getKey(), part.getValue());
            }
        });
        return PolicyCheck.problems(JSON.treeToValue(merged, RetrainingPolicy.class));
    }
}
