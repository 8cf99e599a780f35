package dev.tideline.monitoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DefaultDefinitionTest {

    @TempDir
    private Path folder;

    @Test
    void standardisesNumbersAndLooksUpWordsAndFewIntegers() throws IOException {
        JsonNode inputs = definition("amount,day,colour,label", i -> i * 1.5 + "," + i % 7 + "," + "rgb".charAt(i % 3) + "," + i % 2).get("inputs");
        assertThat(inputs.toString()).isEqualTo("[{\"feature\":\"amount\",\"transform\":\"standardise\"},"
                + "{\"feature\":\"day\",\"transform\":{\"vocabulary\":{\"oov\":1}}},{\"feature\":\"colour\",\"transform\":{\"vocabulary\":{\"oov\":1}}}]");
    }

    @Test
    void leavesRemarksOut() throws IOException {
        assertThat(definition("x,remark,label", i -> i + ".5,text " + i + "," + i % 2).get("inputs")).hasSize(1);
    }

    @Test
    void choosesTheHeadByTheNumberOfClasses() throws IOException {
        assertThat(definition("x,label", i -> i + ".5," + i % 2).get("head").has("binary")).isTrue();
        assertThat(definition("x,label", i -> i + ".5," + i % 3).get("head").has("multiclass")).isTrue();
    }

    @Test
    void needsAColumnToLearnFrom() {
        assertThatThrownBy(() -> definition("remark,label", i -> "text " + i + "," + i % 2)).isInstanceOf(BacktestException.class)
                .hasMessageContaining("no column beside the label");
    }

    private JsonNode definition(String header, IntFunction<String> row) throws IOException {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int i = 0; i < 1_000; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("history.csv"), csv);
        BacktestOrder order = new BacktestOrder(file.toString(), "label", null, null, null, 0, null, null, null, 7, false, 1, folder.toString(), List.of());
        return DefaultDefinition.of(new HistoryReader(order).read(), 500, 7);
    }
}
