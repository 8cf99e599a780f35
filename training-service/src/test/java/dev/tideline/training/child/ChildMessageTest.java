package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.evaluation.Evaluation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ChildMessageTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<ChildMessage> messages() {
        return Stream.of(
            new ChildMessage.Training(100, 5, 20),
            new ChildMessage.Progress(1, 5, 20, 100, 1_234.5, 3.25, 0.5),
            new ChildMessage.Evaluating(),
            new ChildMessage.Finished(Evaluation.of(10, Map.of("accuracy", 0.9)), null, "no champion",
                JSON.createObjectNode().put("a", 1), 100, 5_000),
            new ChildMessage.Finished(Evaluation.of(10, Map.of("accuracy", 0.9)), Evaluation.of(10, Map.of("accuracy", 0.8)), null,
                JSON.createObjectNode(), 100, 5_000),
            new ChildMessage.Failed(ChildFailure.MISSING_SHARD, "line one\nline two"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsOneLineThatReadsBack(ChildMessage message) {
        var bytes = new ByteArrayOutputStream();

        new Reporter(new PrintStream(bytes)).report(message);

        var text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        assertThat(text).endsWith("\n");
        assertThat(JSON.readValue(text, ChildMessage.class)).isEqualTo(message);
    }

    @Test
    void theTypeIsInTheLine() {
        assertThat(JSON.writeValueAsString(new ChildMessage.Evaluating())).isEqualTo("{\"type\":\"evaluating\"}");
    }
}
