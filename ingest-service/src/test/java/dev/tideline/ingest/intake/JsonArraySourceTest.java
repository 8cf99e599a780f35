package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.starter.error.TidelineException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonArraySourceTest {

    @Test
    void readsTheElementsOfAnArray() {
        assertThat(read("[{\"a\":1}, {\"a\":[2]}]")).containsExactly("1:{\"a\":1}", "2:{\"a\":[2]}");
    }

    @Test
    void readsNothingFromAnEmptyArray() {
        assertThat(read(" [ ] ")).isEmpty();
    }

    @Test
    void takesASingleObjectAsOneRecord() {
        assertThat(read("{\"a\":{\"b\":1}}")).containsExactly("1:{\"a\":{\"b\":1}}");
    }

    @Test
    void passesOnElementsThatAreNoObjects() {
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

    private static List<String> read(String body) {
        JsonArraySource source = new JsonArraySource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                JsonMapper.builder().build());
        List<String> items = new ArrayList<>();
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            items.add(item.line() + ":" + ((RecordSource.Node) item).json());
        }
        return items;
    }
}
