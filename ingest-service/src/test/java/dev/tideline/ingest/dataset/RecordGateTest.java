package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import dev.tideline.features.SchemaCodec;
import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecordGateTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RecordGate gate = gate("""
            {"version":1,"key":"id","time":"at","features":[
              {"name":"id","kind":"INT"},{"name":"at","kind":"TEXT","required":false},{"name":"x","kind":"FLOAT"}]}""");

    @Test
    void findsKeyAndEventTimeOfARecord() {
        RecordGate.Passed passed = (RecordGate.Passed) gate.json(bytes("{\"id\":7,\"at\":\"1970-01-01T00:00:01Z\",\"x\":1}"));

        assertThat(passed.key()).isEqualTo(bytes("7"));
        assertThat(passed.millis()).isEqualTo(1_000);
    }

    @Test
    void leavesTheEventTimeOpenWhenTheRecordLacksIt() {
        assertThat(((RecordGate.Passed) gate.json(bytes("{\"id\":7,\"x\":1}"))).millis()).isNull();
    }

    @Test
    void hasNoKeyWithoutAKeyFeature() {
        RecordGate keyless = gate("{\"version\":1,\"features\":[{\"name\":\"x\",\"kind\":\"FLOAT\"}]}");

        assertThat(((RecordGate.Passed) keyless.json(bytes("{\"x\":1}"))).key()).isNull();
    }

    @Test
    void givesTheSameVerdictOnJsonAndItsExample() {
        RecordGate.Passed json = (RecordGate.Passed) gate.json(bytes("{\"id\":7,\"x\":1.5}"));
        RecordGate.Passed example = (RecordGate.Passed) gate.example(json.encoded());

        assertThat(example.encoded()).isEqualTo(json.encoded());
        assertThat(example.key()).isEqualTo(json.key());
    }

    @Test
    void takesARecordOfNothingWhereNothingIsRequired() {
        RecordGate lenient = gate("{\"version\":1,\"features\":[{\"name\":\"x\",\"kind\":\"FLOAT\",\"required\":false}]}");
        RecordGate.Passed json = (RecordGate.Passed) lenient.json(bytes("{}"));

        assertThat(Example.decode(json.encoded()).features()).isEmpty();
        assertThat(lenient.example(json.encoded())).isInstanceOf(RecordGate.Passed.class);
        assertThat(lenient.example(bytes(""))).isInstanceOf(RecordGate.Passed.class);
    }

    /** The long way and the short way end in the same bytes, and in a row that tells them. */
    @Test
    void tellsTheRecordThatPassedInPlace() {
        gate.json(bytes("{\"id\":7,\"x\":1.5}"));
        assertThat(gate.row().values(1)).isEqualTo(CanonicalRow.Values.ABSENT);
        RecordGate.Passed plain = (RecordGate.Passed) gate.json(bytes("{\"id\":7,\"at\":\"2026-01-31\",\"x\":1.5}"));
        RecordGate.Passed escaped = (RecordGate.Passed) gate.json(bytes("{\"id\":7,\"at\":\"\\u0032026-01-31\",\"x\":1.5}"));

        assertThat(escaped.encoded()).isEqualTo(plain.encoded());
        assertThat(escaped.millis()).isEqualTo(plain.millis());
        assertThat(gate.row().values(1)).isEqualTo(CanonicalRow.Values.BYTES);
    }

    @Test
    void namesAnEventTimeThatCannotBeRead() {
        assertThat(problem(gate.json(bytes("{\"id\":7,\"at\":\"noon\",\"x\":1}"))))
                .isEqualTo(new Problem("INVALID_TIME", "/at", "noon", EventTime.RULE));
    }

    @Test
    void refusesBytesThatAreNoExample() {
        assertThat(problem(gate.example(bytes("not an example"))).code()).isEqualTo("MALFORMED_EXAMPLE");
    }

    @Test
    void refusesAnExampleThatBreaksTheSchema() {
        byte[] example = Example.of(Map.of("id", Feature.text("seven"), "x", Feature.floats(1))).encode();

        assertThat(problem(gate.example(example)).pointer()).isEqualTo("/id");
    }

    private static Problem problem(RecordGate.Verdict verdict) {
        return ((RecordGate.Refused) verdict).problems().getFirst();
    }

    private static RecordGate gate(String schema) {
        return new RecordGate(SchemaCodec.read(JSON.readTree(schema)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
