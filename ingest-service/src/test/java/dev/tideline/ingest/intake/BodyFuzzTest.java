package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.ingest.dataset.RecordGate;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.testing.Fuzzing;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Any bytes as a body of any form: its records pass the gate or are refused, or it ends with what is wrong, in the memory of one record. */
class BodyFuzzTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("a", Kind.TEXT), FeatureSpec.scalar("b", Kind.INT)),
            null, "b", "a");
    /** A body's first byte chooses among them, and whether it is packed. */
    private static final List<String> FORMS =
            List.of("application/json", "application/x-ndjson", "text/csv", "application/x-tf-example", "application/x-tfrecord");
    private static final int PACKED = 8;
    private static final long MEMORY = 64L << 20;
    private static final int RECORD = 1_000;

    private final RecordSources sources = new RecordSources(JsonMapper.builder().build(), new IntakeProperties(DataSize.ofBytes(RECORD),
            DataSize.ofKilobytes(64), 1, 1, DataSize.ofBytes(1_000), Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofDays(1)));

    static Stream<byte[]> bodies() {
        byte[] example = Example.of(Map.of("a", Feature.text("x"), "b", Feature.longs(1))).encode();
        return Stream.of(body(0, "[{\"a\":\"2026-01-31\",\"b\":1},{\"a\":null}]"), body(0, "{\"a\":[],\"b\":1e3}"), body(1, "{\"a\":1}\n\n{\"b\":2}\r\n"),
                body(2, "a,b\n\"x\",1\n"), body(2, "\uFEFFa\n\"\"\"\"\n"), body(3, new String(example, StandardCharsets.ISO_8859_1)),
                body(0, "\n\0\0\0-"), body(4, ""), body(PACKED, "no gzip"));
    }

    @MethodSource("bodies")
    @FuzzTest
    void readsAnyBody(byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsNearlyGoodBodies() {
        Fuzzing.mutate(21, 10_000, bodies().toList(), this::check);
    }

    private void check(byte[] bytes) {
        if (bytes.length > 0) {
            int choice = bytes[0] & 0xff;
            Fuzzing.allocatingAtMost(MEMORY, () -> readOrRefuse(new RecordBody(FORMS.get(choice % PACKED % FORMS.size()),
                    (choice & PACKED) == 0 ? null : "gzip", null, new ByteArrayInputStream(bytes, 1, bytes.length - 1))));
        }
    }

    private void readOrRefuse(RecordBody body) {
        RecordGate gate = new RecordGate(SCHEMA);
        try {
            RecordSource source = sources.open(body, SCHEMA);
            long line = 0;
            for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
                assertThat(item.line()).isGreaterThan(line);
                line = item.line();
                judge(gate, item);
            }
        } catch (TidelineException refused) {
            assertThat(refused).hasMessageContaining("(expected: ");
        } catch (IOException damaged) {
            assertThat(body.encoding() != null || damaged instanceof BodyLimit.Exceeded).as("%s", damaged).isTrue();
        }
    }

    private static void judge(RecordGate gate, RecordSource.Item item) {
        RecordGate.Verdict verdict = switch (item) {
            case RecordSource.Bytes bytes -> gate.json(bytes.json());
            case RecordSource.Node node -> gate.json(node.json());
            case RecordSource.Encoded encoded -> gate.example(encoded.example());
            case RecordSource.Broken broken -> new RecordGate.Refused(List.of(broken.problem()));
        };
        if (verdict instanceof RecordGate.Refused refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.expected()).isNotBlank());
        }
    }

    private static byte[] body(int choice, String text) {
        return ((char) choice + text).getBytes(choice == 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
