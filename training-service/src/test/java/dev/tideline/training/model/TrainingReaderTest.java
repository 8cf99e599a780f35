package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TrainingReaderTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void everyFieldIsRead() {
        var plan = read("""
            {"epochs":3,"batchSize":8,"replicas":2,"seed":9,"shuffleBuffer":0,"clipNorm":2,"precision":"bfloat16",
             "earlyStopping":{"metric":"auc","patience":4,"minDelta":0.01,"restoreBest":false,"holdOut":0.25},
             "input":{"cycleLength":4,"parallelReads":2,"cache":"file","deterministic":false,"prefetch":8},"refit":true,"workers":4,"elastic":true,"devices":"gpu"}""");

        assertThat(plan).isEqualTo(new TrainingPlan(3, 8, 2, 9, 0, 2, Precision.BFLOAT16, new EarlyStopping("auc", 4, 0.01, false, 0.25),
            new InputPlan(4, 2, InputPlan.Cache.FILE, false, 8), true, 4, true, DeviceChoice.GPU));
        assertThat(problems).isEmpty();
    }

    @Test
    void anEmptyEarlyStoppingLooksAtTheLoss() {
        assertThat(read("{\"earlyStopping\":{}}").earlyStopping()).isEqualTo(new EarlyStopping("loss", 3, 0, true, 0.1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"precision":"float16"}                 | /training/precision                 | UNKNOWN_VALUE
        {"earlyStopping":{"metric":"rmse"}}     | /training/earlyStopping/metric      | UNKNOWN_VALUE
        {"earlyStopping":{"patience":0}}        | /training/earlyStopping/patience    | OUT_OF_RANGE
        {"earlyStopping":{"holdOut":1}}         | /training/earlyStopping/holdOut     | OUT_OF_RANGE
        {"earlyStopping":{"restoreBest":"yes"}} | /training/earlyStopping/restoreBest | WRONG_TYPE
        {"earlyStopping":{"monitor":"loss"}}    | /training/earlyStopping/monitor     | UNKNOWN_FIELD
        {"devices":"tpu"}                       | /training/devices                   | UNKNOWN_VALUE
        {"input":{"cache":"disk"}}              | /training/input/cache               | UNKNOWN_VALUE
        {"input":{"parallelReads":0}}           | /training/input/parallelReads       | OUT_OF_RANGE
        {"input":{"cycleLength":257}}           | /training/input/cycleLength         | OUT_OF_RANGE
        {"input":{"prefetch":"auto"}}           | /training/input/prefetch            | WRONG_TYPE
        {"input":{"deterministic":1}}           | /training/input/deterministic       | WRONG_TYPE
        {"batchSize":8,"workers":3}             | /training/workers                   | OUT_OF_RANGE
        {"workers":65}                          | /training/workers                   | OUT_OF_RANGE
        {"elastic":1}                           | /training/elastic                   | WRONG_TYPE
        {"input":{"interleave":2}}              | /training/input/interleave          | UNKNOWN_FIELD
        """)
    void aProblemIsNamedByItsPlace(String json, String pointer, String code) {
        read(json);

        assertThat(problems).extracting(Problem::pointer, Problem::code).containsExactly(tuple(pointer, code));
    }

    private TrainingPlan read(String json) {
        return TrainingReader.read(new Fields(JsonMapper.builder().build().readTree(json), "/training", problems), new Head.Binary(null));
    }
}
