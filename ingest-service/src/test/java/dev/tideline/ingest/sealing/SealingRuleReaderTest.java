package dev.tideline.ingest.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SealingRuleReaderTest {

    @Test
    void readsACount() {
        assertThat(read("{'everyRecords':100}")).isEqualTo(new SealingRule(new SealingWindow.Fixed(new DataWindow.All()), 100L, null));
    }

    @Test
    void readsAnIntervalWithAWindowThatMoves() {
        assertThat(read("{'every':'PT1H','window':{'rule':'since','age':'P7D'}}"))
                .isEqualTo(new SealingRule(new SealingWindow.Recent(Duration.ofDays(7)), null, new Schedule.Every(Duration.ofHours(1))));
    }

    @Test
    void readsACronExpressionInAZone() {
        assertThat(read("{'cron':'0 0 3 * * MON-FRI','zone':'Europe/Berlin'}").schedule())
                .isInstanceOfSatisfying(Schedule.Cron.class, cron -> assertThat(cron.zone().getId()).isEqualTo("Europe/Berlin"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                                       |                | {}         | at least one of everyRecords, every and cron",
        "{'everyRecords':0}                                       | /everyRecords  | 0          | an integer above 0",
        "{'everyRecords':1.5}                                     | /everyRecords  | 1.5        | an integer above 0",
        "{'every':'PT0.5S'}                                       | /every         | \"PT0.5S\" | an ISO-8601 duration from a second to 366 days, such as P7D",
        "{'every':'P400D'}                                        | /every         | \"P400D\"  | an ISO-8601 duration from a second to 366 days, such as P7D",
        "{'every':60}                                             | /every         | 60         | an ISO-8601 duration from a second to 366 days, such as P7D",
        "{'cron':'* * * * *'}                                     | /cron          | \"* * * * *\" | six fields from second to day of week, such as 0 0 3 * * MON-FRI",
        "{'cron':'0 0 3 * * *','zone':'Mars/Base'}                | /zone          | \"Mars/Base\" | a time zone, such as Europe/Berlin",
        "{'every':'PT1H','zone':'UTC'}                            | /zone          | \"UTC\"    | a zone only with cron",
        "{'every':'PT1H','cron':'0 0 3 * * *'}                    | /cron          | \"0 0 3 * * *\" | either every or cron",
        "{'every':'PT1H','at':3}                                  | /at            | 3          | window, everyRecords, every, cron or zone",
        "{'every':'PT1H','window':{'rule':'newest'}}              | /window/rule   | \"newest\" | all, last or since",
        "{'every':'PT1H','window':{'rule':'since','age':'soon'}}  | /window/age    | \"soon\"   | an ISO-8601 duration from a second to 366 days, such as P7D",
        "{'every':'PT1H','window':{'rule':'last','records':-1}}   | /window/records | -1        | an integer above 0"
    })
    void saysWhatIsWrong(String json, String pointer, String value, String expected) {
        assertThat(problems(json)).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
            assertThat(problem.value()).isEqualTo(value);
            assertThat(problem.expected()).isEqualTo(expected);
        });
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(problems("{'everyRecords':0,'every':'x','cron':'y','zone':'z','window':{'rule':'w'},'when':1}"))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/everyRecords", "/every", "/cron", "/zone", "/window/rule", "/when");
    }

    private static List<Problem> problems(String json) {
        return catchThrowableOfType(TidelineException.class, () -> read(json)).problems();
    }

    private static SealingRule read(String json) {
        return SealingRuleReader.read(JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
