package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.gate.Finding;
import dev.tideline.training.gate.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ChildMessageTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<ChildMessage> messages() {
        return Stream.of(
            new ChildMessage.Pulse(7),
            new ChildMessage.Trained(100),
            new ChildMessage.Training(100, 5, 20, List.of("checkpoint 9: damaged")),
            new ChildMessage.Progress(1, 5, 20, 100, 1_234.5, 3.25, 0.5, 0.04),
            new ChildMessage.Evaluating(),
            new ChildMessage.Finished(Evaluation.of(10, Map.of("accuracy", 0.9)), null,
                new Verdict.Reject(List.of(new Finding.Examples(10, 50, false), new Finding.NoRival("champion: gone", false))),
                JSON.createObjectNode().put("a", 1), new TreeMap<>(Map.of("x", 0.75, "y", 0.25)), 100, 5_000),
            new ChildMessage.Finished(Evaluation.of(10, Map.of("accuracy", 0.9)), Evaluation.of(10, Map.of("accuracy", 0.8)),
                new Verdict.Promote(List.of(new Finding.Better("accuracy",
                    new Comparison.Measured(0.9, 0.8, 0.1, 0.02, 0.18, 0.95, 7, 10), 0, true),
                    new Finding.Worst("auc", "s=a", null, 0.5, true), new Finding.Loss("auc", null, 0.5, 0.6, 0.2, true),
                    new Finding.Undecided("auc", "one class"))),
                JSON.createObjectNode(), new TreeMap<>(), 100, 5_000),
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
