package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.platform.backtest.BacktestOptions;
import dev.tideline.platform.backtest.BacktestRun;
import dev.tideline.platform.console.Console;
import dev.tideline.platform.demo.DemoOptions.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The backtest with its own processes and real training. */
class BacktestIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void learnsAConceptThatTurnsRoundAndDeploysNothingBefore() throws Exception {
        var policy = Files.writeString(folder.resolve("policy.json"), "{\"errorAlarm\":{\"steps\":[300]}}");
        assertThat(backtest(stream(5_000, 3_000), policy)).as("%s", lines).isTrue();

        JsonNode report = JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
        JsonNode run = report.at("/runs/0");
        assertThat(run.get("deploys").intValue()).isEqualTo(1);
        assertThat(run.get("events")).filteredOn(event -> event.get("kind").asString().equals("ALARM"))
                .allSatisfy(event -> assertThat(event.get("row").intValue()).isBetween(3_000, 3_100));
        // Never retraining would be right in the two fifths before the turn only.
        assertThat(run.get("accuracy").doubleValue()).isGreaterThan(0.8);
        assertThat(lines).anyMatch(line -> line.startsWith("policy"));
        assertThat(folder.resolve("report.html")).exists();
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithAPolicyBeforeItTrains() throws Exception {
        var policy = Files.writeString(folder.resolve("policy.json"), "{\"errorAlarm\":{\"steps\":[2000,500]},\"cooldown\":{\"rows\":-1}}");
        assertThat(backtest(stream(1_500, 1_500), policy)).isFalse();
        assertThat(lines).contains("tideline: --policy: 2 problems in the policy",
                "tideline: /errorAlarm/steps/1: 500 (expected: above 2000)", "tideline: /cooldown/rows: -1 (expected: not negative)");
    }

    /** A label that follows x + y, and its opposite from {@code turn} on. */
    private Path stream(int rows, int turn) throws IOException {
        var random = new SplittableRandom(1);
        var csv = new StringBuilder("x,y,label\n");
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            csv.append(x).append(',').append(y).append(',').append(x + y > 1 == i < turn ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve("stream.csv"), csv);
    }

    private boolean backtest(Path csv, Path policy) throws InterruptedException {
        var options = new BacktestOptions(HOME, new Csv(csv, "label", null, null), policy, null, 0, 1_000, null, 1, 1, folder, false);
        return new BacktestRun(options, new Console() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void progress(String step, double fraction, String detail) {
                // A bar; the table at the end says the same.
            }
        }).run();
    }
}
