package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonArraySourceTest {

    @Test
    void readsTheElementsOfAnArray() throws IOException {
        assertThat(read("[{\"a\":1}, {\"a\":[2]}]")).containsExactly("1:{\"a\":1}", "2:{\"a\":[2]}");
    }

    @Test
    void readsNothingFromAnEmptyArray() throws IOException {
        assertThat(read(" [ ] ")).isEmpty();
    }

    @Test
    void takesASingleObjectAsOneRecord() throws IOException {
        assertThat(read("{\"a\":{\"b\":1}}")).containsExactly("1:{\"a\":{\"b\":1}}");
    }

    @Test
    void passesOnElementsThatAreNoObjects() throws IOException {
        assertThat(read("[1, \"x\", null]")).containsExactly("1:1", "2:\"x\"", "3:null");
    }

    @Test
    void saysWhereAnUnfinishedArrayEnds() {
        assertThatThrownBy(() -> read("[{\"a\":1}\n,{\"a\":2}"))
                .isInstanceOfSatisfying(TidelineException.class, e -> assertThat(e.code()).isEqualTo(IntakeError.MALFORMED_ARRAY))
                .hasMessageStartingWith("body: line 2, column ")
                .hasMessageEndingWith("(expected: a JSON array of records; the 2 before it were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesAnEmptyBody() {
        assertThatThrownBy(() -> read(""))
                .hasMessage("body: line 1, column 1: nothing (expected: a JSON array of records; the 0 before it were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesWhatStandsBehindTheEnd() {
        assertThatThrownBy(() -> read("[{\"a\":1}] 7")).hasMessageContaining("VALUE_NUMBER_INT behind the end");
        assertThatThrownBy(() -> read("{\"a\":1} {\"a\":2}")).hasMessageContaining("START_OBJECT behind the end");
    }

    @Test
    void refusesANameThatComesTwice() {
        assertThatThrownBy(() -> read("[{\"a\":1,\"a\":2}]")).hasMessageContaining(": Duplicate property \"a\" (expected: a JSON array");
    }

    /** A parser takes zeros among the first bytes for UTF-16 or UTF-32. */
    @ParameterizedTest
    @ValueSource(strings = {"\n\0\0\0-", "\0\0{\0", "\0[", "[\0"})
    void refusesOtherFormsOfUnicode(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(TidelineException.class)
                .hasMessageStartingWith("body: line 1, column 1: a byte 0 (expected: a JSON array of records, in UTF-8; the 0 before it");
    }

    /** An element is held in memory, so one of any length must not get there. */
    @Test
    void refusesAnElementThatIsLongerThanARecordMayBe() {
        assertThatThrownBy(() -> read("[{\"a\":1},{\"a\":[" + "1,".repeat(100_000)))
                .isInstanceOfSatisfying(TidelineException.class, e -> assertThat(e.code()).isEqualTo(CommonError.PAYLOAD_TOO_LARGE))
                .hasMessage("body: record 2 has more than 10000 bytes (expected: at most 10000; the 1 before it were read,"
                        + " and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void readsAnyNumberOfElementsThatAreShort() throws IOException {
        assertThat(read("[" + "{\"a\":1},".repeat(20_000) + "{}]")).hasSize(20_001);
    }

    private static List<String> read(String body) throws IOException {
        JsonArraySource source = new JsonArraySource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                JsonMapper.builder().build(), 10_000);
        List<String> items = new ArrayList<>();
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            items.add(item.line() + ":" + ((RecordSource.Node) item).json());
        }
        return items;
    }
}
