package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HeadReaderTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aHeadsNameAloneTakesItsDefaults() {
        assertThat(read("\"multilabel\"")).isEqualTo(new Head.Multilabel(List.of(), ClassWeights.none()));
        assertThat(read("\"quantile\"")).isEqualTo(new Head.Quantile(List.of(0.1, 0.5, 0.9)));
        assertThat(read("\"binary\"")).isEqualTo(new Head.Binary(null));
        assertThat(problems).isEmpty();
    }

    @Test
    void everyFieldIsRead() {
        assertThat(read("{\"multilabel\":{\"labels\":[\"rain\",\"wind\"],\"classWeights\":{\"rain\":2}}}"))
            .isEqualTo(new Head.Multilabel(List.of("rain", "wind"), new ClassWeights.Given(new TreeMap<>(Map.of("rain", 2.0)))));
        assertThat(read("{\"multiclass\":{\"classWeights\":\"balanced\"}}"))
            .isEqualTo(new Head.Multiclass(new ClassWeights.Balanced()));
        assertThat(read("{\"quantile\":{\"quantiles\":[0.25,0.75]}}")).isEqualTo(new Head.Quantile(List.of(0.25, 0.75)));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "tertiary"                                  | /head                                  | UNKNOWN_VALUE
        {"quantile":{"quantiles":[]}}               | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":[0.5,0.5]}}        | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":[0.9,0.1]}}        | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":[0]}}              | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":[1]}}              | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":["half"]}}         | /head/quantile/quantiles               | OUT_OF_RANGE
        {"quantile":{"quantiles":0.5}}              | /head/quantile/quantiles               | WRONG_TYPE
        {"multilabel":{"labels":["a","a"]}}         | /head/multilabel/labels                | DUPLICATE
        {"multilabel":{"labels":[]}}                | /head/multilabel/labels                | OUT_OF_RANGE
        {"multilabel":{"labels":["a",7]}}           | /head/multilabel/labels/1              | WRONG_TYPE
        {"binary":{"classWeights":"fair"}}          | /head/binary/classWeights              | WRONG_TYPE
        {"binary":{"classWeights":{"yes":-1}}}      | /head/binary/classWeights/yes          | OUT_OF_RANGE
        {"binary":{"classWeights":{"a/b":"much"}}}  | /head/binary/classWeights/a~1b         | WRONG_TYPE
        {"regression":{"classWeights":"balanced"}}  | /head/regression/classWeights          | UNKNOWN_FIELD
        """)
    void aProblemIsNamedByItsPlace(String json, String pointer, String code) {
        read(json);

        assertThat(problems).extracting(Problem::pointer, Problem::code).containsExactly(tuple(pointer, code));
    }

    @ParameterizedTest
    @CsvSource({"'[0.1,0.5,0.9]',1", "'[0.4,0.6]',0", "'[0.9]',0", "'[0.01,0.02,0.99]',1"})
    void thePredictionIsTheQuantileNearestToTheMedian(String quantiles, int middle) {
        var head = (Head.Quantile) read("{\"quantile\":{\"quantiles\":" + quantiles + "}}");

        assertThat(head.middle()).isEqualTo(middle);
    }

    private Head read(String head) {
        var json = JsonMapper.builder().build().readTree("{\"head\":" + head + "}");
        return HeadReader.read(new Fields(json, "", problems));
    }
}
