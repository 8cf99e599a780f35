package dev.tideline.ingest.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.features.SchemaCodec;
import dev.tideline.ingest.dataset.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AdmissionTest {

    private static final long KAFKA_TIME = 9_000;

    private final Admission admission = new Admission(dataset(SplitRule.By.TIME));

    @Test
    void takesKafkasTimestampWhenNothingElseTellsTheTime() {
        assertThat(accepted(message("{\"id\":\"a\",\"x\":1}", null)).millis()).isEqualTo(KAFKA_TIME);
    }

    @Test
    void prefersTheTimeHeaderToKafkasTimestamp() {
        assertThat(accepted(message("{\"id\":\"a\",\"x\":1}", "1970-01-01T00:00:05Z")).millis()).isEqualTo(5_000);
    }

    @Test
    void prefersTheTimeFeatureToTheHeader() {
        assertThat(accepted(message("{\"id\":\"a\",\"at\":2000,\"x\":1}", "1970-01-01T00:00:05Z")).millis()).isEqualTo(2_000);
    }

    @Test
    void rejectsATimeHeaderThatIsNone() {
        Admission.Rejected rejected = (Admission.Rejected) admission.admit(message("{\"id\":\"a\",\"x\":1}", "soon"));

        assertThat(rejected.problems()).extracting(Object::toString).containsExactly(": soon (expected: ISO-8601 in header tideline-time)");
    }

    /** PostgreSQL has no such time: the file's commit would fail again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
    void rejectsATimeThatNoFileCanHave(String header) {
        assertThat(admission.admit(message("{\"id\":\"a\",\"x\":1}", header))).isInstanceOfSatisfying(Admission.Rejected.class,
                rejected -> assertThat(rejected.problems()).extracting(Problem::code, Problem::value).containsExactly(tuple("INVALID_TIME", header)));
    }

    @Test
    void keepsTheBytesOfAnExampleThatAreInCanonicalForm() {
        byte[] encoded = accepted(message("{\"id\":\"a\",\"x\":1}", null)).encoded();
        ConsumerRecord<byte[], byte[]> message = message(encoded, null);
        message.headers().add(RecordHeaders.CONTENT_TYPE, bytes(RecordHeaders.EXAMPLE));

        assertThat(accepted(message).encoded()).isSameAs(encoded);
    }

    @Test
    void rejectsARecordWithoutAValue() {
        assertThat(((Admission.Rejected) admission.admit(message((byte[]) null, null))).problems().getFirst().code()).isEqualTo("EMPTY_RECORD");
    }

    @Test
    void assignsASplitOnlyWhenItGoesByKey() {
        assertThat(accepted(message("{\"id\":\"a\",\"x\":1}", null)).split()).isNull();
        Admission byKey = new Admission(dataset(SplitRule.By.KEY));
        Admission.Accepted first = (Admission.Accepted) byKey.admit(message("{\"id\":\"a\",\"x\":1}", null));
        Admission.Accepted second = (Admission.Accepted) byKey.admit(message("{\"id\":\"a\",\"x\":2}", null));

        assertThat(first.split()).isIn("train", "evaluation").isEqualTo(second.split());
    }

    private Admission.Accepted accepted(ConsumerRecord<byte[], byte[]> message) {
        return (Admission.Accepted) admission.admit(message);
    }

    private static Dataset dataset(SplitRule.By by) {
        return new Dataset("d", SchemaCodec.read(JsonMapper.builder().build().readTree("""
                {"version":1,"key":"id","time":"at","features":[
                  {"name":"id","kind":"TEXT"},{"name":"at","kind":"INT","required":false},{"name":"x","kind":"FLOAT"}]}""")),
                new SplitRule(by, 0.5), 1);
    }

    private static ConsumerRecord<byte[], byte[]> message(String json, @Nullable String time) {
        return message(bytes(json), time);
    }

    private static ConsumerRecord<byte[], byte[]> message(byte @Nullable [] value, @Nullable String time) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("tideline.records.d", 0, 1, KAFKA_TIME, TimestampType.CREATE_TIME,
                0, 0, null, value, new org.apache.kafka.common.header.internals.RecordHeaders(), Optional.empty());
        if (time != null) {
            message.headers().add(new RecordHeader(RecordHeaders.TIME, bytes(time)));
        }
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
