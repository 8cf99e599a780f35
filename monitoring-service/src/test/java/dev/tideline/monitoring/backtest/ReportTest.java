package dev.tideline.monitoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.monitoring.backtest.Run.Mark;
import dev.tideline.tfrecord.Example;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final int ROWS = 1_000;
    private static final int PAST = 200;

    @TempDir
    private Path folder;

    @Test
    void putsThePolicyBesideItsRivals() {
        List<String> table = report().table();
        assertThat(table.get(2)).matches("no change +50\\.00 % *");
        assertThat(table.get(3)).matches("never +25\\.00 % +0 +0 +0\\.0");
        assertThat(table.get(4)).matches("policy +75\\.00 % +2 +1 +1\\.5");
    }

    @Test
    void writesTheSameFiguresForPrograms() throws IOException {
        report().write(folder);
        JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
        assertThat(json.at("/runs/1/accuracy").doubleValue()).isEqualTo(0.75);
        assertThat(json.at("/runs/1/deploys").intValue()).isEqualTo(1);
        assertThat(json.at("/runs/1/events/1/text").asString()).isEqualTo("loses by <5 & more");
    }

    @Test
    void drawsALineForEachRunAndAMarkForEachDecision() throws Exception {
        report().write(folder);
        String page = Files.readString(folder.resolve("report.html"));
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
        var drawing = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(svg).contains("class=\"deployed\"").contains("class=\"rejected\"").contains("loses by &lt;5 &amp; more");
    }

    @Test
    void saysInWordsThatNothingHappened() throws IOException {
        Run quiet = new Run("policy", PAST, ROWS);
        new Report(order(), history(), PAST, List.of(quiet)).write(folder);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("Nothing: no alarm").doesNotContain("<th class=n>row");
    }

    @Test
    void knowsWhatWasKnownWhenLabelsAreLate() {
        History history = history();
        assertThat(history.noChange(PAST, 0)).isEqualTo(0.5);
        assertThat(history.noChange(PAST, 3)).isEqualTo(1.0);
    }

    private Report report() {
        Run never = new Run("never", PAST, ROWS);
        Run policy = new Run("policy", PAST, ROWS);
        for (int i = PAST; i < ROWS; i++) {
            never.answered(i, i % 4 == 0);
            policy.answered(i, i % 4 != 0);
        }
        policy.mark(300, Mark.Kind.TRAINED, "first");
        policy.mark(300, Mark.Kind.REJECTED, "loses by <5 & more");
        policy.mark(500, Mark.Kind.TRAINED, "second");
        policy.mark(500, Mark.Kind.DEPLOYED, "version 2");
        policy.trained(90);
        return new Report(order(), history(), PAST, List.of(never, policy));
    }

    private BacktestOrder order() {
        return new BacktestOrder("trips.csv", "label", null, null, null, 0, null, null, null, 1, true, 1, folder.toString(), List.of());
    }

    /** Labels 0 0 1 1 0 0 1 1 … */
    private History history() {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("label", Kind.INT)), "label", null, null);
        return new History(folder, "history.tfrecord", schema, Collections.nCopies(ROWS, Example.of(Map.of())),
                IntStream.range(0, ROWS).mapToObj(i -> Integer.toString(i / 2 % 2)).toList(),
                IntStream.range(0, ROWS).mapToObj(Instant::ofEpochSecond).toList());
    }
}
