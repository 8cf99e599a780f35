package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.training.model.GateRule.Limit;
import dev.tideline.training.model.GateRule.SliceBy;
import dev.tideline.training.model.GateRule.UnusableChampion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class GateReaderTest {

    @Test
    void everyFieldIsRead() {
        var gate = read("""
            {"metric":"logLoss","minimumImprovement":-0.02,"confidence":0.9,"minimumExamples":200,"unusableChampion":"replace",
             "slices":[{"feature":"station","parts":3},{"feature":"hour"}],"minimumSliceRows":20,"thresholds":{"auc":0.6},
             "limits":[{"metric":"accuracy","slices":"station","worst":0.5},
                       {"metric":"brier","slices":"*","maximumLoss":0.1,"maximumShare":0.2}]}""");

        assertThat(gate).isEqualTo(new GateRule("logLoss", -0.02, 0.9, 200, UnusableChampion.REPLACE,
            java.util.List.of(new SliceBy("station", 3), new SliceBy("hour", 5)), 20, java.util.List.of(Limit.worst("auc", 0.6),
                new Limit("accuracy", "station", 0.5, null, null), new Limit("brier", "*", null, 0.1, 0.2))));
    }

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(read("{}")).isEqualTo(new GateRule("accuracy", 0));
        assertThat(read("{}").confidence()).isEqualTo(0.95);
        assertThat(read("{}").minimumExamples()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"metric":"rmse"}                                           | /gate/metric               | UNKNOWN_VALUE
        {"confidence":1}                                            | /gate/confidence           | OUT_OF_RANGE
        {"confidence":0.4}                                          | /gate/confidence           | OUT_OF_RANGE
        {"minimumExamples":0}                                       | /gate/minimumExamples      | OUT_OF_RANGE
        {"minimumSliceRows":0}                                      | /gate/minimumSliceRows     | OUT_OF_RANGE
        {"minimumImprovement":"much"}                               | /gate/minimumImprovement   | WRONG_TYPE
        {"unusableChampion":"shrug"}                                | /gate/unusableChampion     | UNKNOWN_VALUE
        {"slices":{}}                                               | /gate/slices               | WRONG_TYPE
        {"slices":[{}]}                                             | /gate/slices/0/feature     | MISSING
        {"slices":[{"feature":"a","parts":0}]}                      | /gate/slices/0/parts       | OUT_OF_RANGE
        {"slices":[{"feature":"a"},{"feature":"a"}]}                | /gate/slices/1/feature     | DUPLICATE
        {"slices":[{"feature":"a","top":3}]}                        | /gate/slices/0/top         | UNKNOWN_FIELD
        {"limits":[{"worst":1}]}                                    | /gate/limits/0/metric      | MISSING
        {"limits":[{"metric":"mae","worst":1}]}                     | /gate/limits/0/metric      | UNKNOWN_VALUE
        {"limits":[{"metric":"auc"}]}                               | /gate/limits/0             | MISSING
        {"limits":[{"metric":"auc","slices":"b","worst":1}]}        | /gate/limits/0/slices      | UNKNOWN_VALUE
        {"limits":[{"metric":"auc","maximumLoss":-1}]}              | /gate/limits/0/maximumLoss | OUT_OF_RANGE
        {"limits":[{"metric":"auc","maximumShare":"x"}]}            | /gate/limits/0/maximumShare | WRONG_TYPE
        {"thresholds":{"mae":1}}                                    | /gate/thresholds/mae       | UNKNOWN_FIELD
        {"metrics":"auc"}                                           | /gate/metrics              | UNKNOWN_FIELD
        """)
    void aProblemIsNamedByItsPlace(String gate, String pointer, String code) {
        var failure = catchThrowableOfType(InvalidDefinitionException.class, () -> read(gate));

        assertThat(failure).isNotNull();
        assertThat(failure.problems()).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.code()).isEqualTo(code);
        });
    }

    private static GateRule read(String gate) {
        return DefinitionReader.read(JsonMapper.builder().build()
            .readTree("{\"dataset\":\"d\",\"head\":\"binary\",\"gate\":" + gate + "}")).gate();
    }
}
