package dev.tideline.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.platform.backtest.BacktestOptions;
import dev.tideline.platform.command.Command.Demo;
import dev.tideline.platform.command.Command.Help;
import dev.tideline.platform.command.Command.Up;
import dev.tideline.platform.demo.DemoOptions;
import dev.tideline.platform.replay.ReplayOptions;
import dev.tideline.platform.replay.WarmUpOptions;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.Ports;
import dev.tideline.platform.stack.StackOptions;
import dev.tideline.platform.stack.StackOptions.Jit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static final Path HOME = Path.of("/home/tideline");

    @TempDir
    private Path folder;

    @Test
    void helpsWhoeverSaysNothing() {
        assertThat(parse()).isEqualTo(new Help());
        assertThat(parse("--help")).isEqualTo(new Help());
    }

    @Test
    void startsThePlatformWithDefaults() {
        assertThat(parse("up"))
                .isEqualTo(new Up(new StackOptions(HOME, Path.of(".tideline"), new Ports(8500), "384m", Jit.FULL)));
    }

    @Test
    void takesValuesAfterASpaceOrAnEqualsSign() {
        assertThat(parse("up", "--data", "d", "--port-base=9000", "--heap", "1g"))
                .isEqualTo(new Up(new StackOptions(HOME, Path.of("d"), new Ports(9000), "1g", Jit.FULL)));
    }

    @Test
    void takesABucketForThePlatformOnly() {
        assertThat(((Up) parse("up", "--bucket=s3://lake/tideline")).stack().bucket()).isEqualTo("s3://lake/tideline");
        assertThatThrownBy(() -> parse("up", "--bucket", "lake")).isInstanceOf(UsageException.class)
                .hasMessageContaining("--bucket: lake (expected: s3://bucket or s3://bucket/prefix)");
        assertThatThrownBy(() -> parse("demo", "--bucket", "s3://lake")).isInstanceOf(UsageException.class).hasMessageContaining("--bucket");
    }

    @Test
    void keepsTheDemosDataApart() {
        assertThat(parse("demo")).isEqualTo(new Demo(
                new StackOptions(HOME, Path.of(".tideline", "demo"), new Ports(8500), "384m", Jit.QUICK),
                new DemoOptions(false, false, null, null, null), true));
    }

    @Test
    void emptiesNoFolderThatThePersonNamed() {
        assertThat(((Demo) parse("demo", "--data", "mine")).fresh()).isFalse();
    }

    @Test
    void replaysAFile() throws IOException {
        var file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n");

        assertThat(((Demo) parse("demo", "--once", "--csv", file.toString(), "--label", "y", "--time", "t", "--rate", "50")).demo())
                .isEqualTo(new DemoOptions(true, false, null, new DemoOptions.Csv(file, "y", null, "t"), 50.0));
    }

    @Test
    void asksForATrainingJob() {
        assertThat(parse("train", "trips", "--workers", "2", "--elastic", "--port-base", "9000")).isEqualTo(
                new Command.Train(URI.create("http://127.0.0.1:9020"), "trips", "{\"workers\":2,\"elastic\":true,\"priority\":0}"));
    }

    @Test
    void followsAJob() {
        assertThat(parse("job", "4a-1")).isEqualTo(new Command.Follow(URI.create("http://127.0.0.1:8520"), "4a-1"));
    }

    @Test
    void namesWhatIsMissingOfAJob() {
        assertThatThrownBy(() -> parse("job")).hasMessage("argument: missing (expected: the id of a job)");
        assertThatThrownBy(() -> parse("train", "--workers", "x")).hasMessageContaining("argument: --workers (expected: a model");
    }

    @Test
    void tellsTheShortStory() {
        assertThat(((Demo) parse("demo", "--short")).demo().brief()).isTrue();
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThatThrownBy(() -> parse("demo", "--rate", "-1", "--port-base", "--fast"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rate: -1 (expected: rows per second above 0)");
        assertThatThrownBy(() -> parse("up", "--report", "f", "--speed"))
                .hasMessageContaining("--report: unknown").hasMessageContaining("--speed: unknown (expected: --bucket, --data, --heap, --port-base)");
    }

    @Test
    void missesAValue() {
        assertThatThrownBy(() -> parse("up", "--data")).hasMessage("--data: nothing follows (expected: a value)");
    }

    @Test
    void missesTheLabelOfAFile() {
        assertThatThrownBy(() -> parse("demo", "--csv", folder.resolve("none.csv").toString()))
                .hasMessageContaining("none.csv (expected: a file that can be read)").hasMessageContaining("--label: missing");
    }

    @Test
    void wondersAboutALabelWithoutAFile() {
        assertThatThrownBy(() -> parse("demo", "--label", "y")).hasMessage("--label: given without --csv (expected: --csv FILE)");
    }

    @Test
    void refusesUnknownCommands() {
        assertThatThrownBy(() -> parse("down")).hasMessage("command: down (expected: up, demo, train, job, backtest, replay-log, warm-up-file or help)");
    }

    @Test
    void refusesPortsThatDoNotExist() {
        assertThatThrownBy(() -> parse("up", "--port-base", "65500")).isInstanceOf(LaunchException.class)
                .hasMessage("--port-base: 65500 (expected: 1024 to 65442)");
        assertThatThrownBy(() -> parse("up", "--port-base", "many")).hasMessage("--port-base: many (expected: a number)");
    }

    @Test
    void refusesAHeapWithoutAUnit() {
        assertThatThrownBy(() -> parse("up", "--heap", "512")).hasMessageContaining("--heap: 512 (expected: a size");
    }

    @Test
    void backtestsAFileWithTheServicesDefaults() throws IOException {
        var csv = Files.createFile(folder.resolve("history.csv"));
        assertThat(parse("backtest", "--csv", csv.toString(), "--label", "price")).isEqualTo(new Command.Backtest(new BacktestOptions(
                HOME, new DemoOptions.Csv(csv, "price", null, null), null, null, 0, null, null, 1, 0, null, true)));
    }

    @Test
    void takesEveryOptionOfABacktest() throws IOException {
        var csv = Files.createFile(folder.resolve("history.csv"));
        assertThat(parse("backtest", "--csv", csv.toString(), "--label", "price", "--policy", csv.toString(), "--model", csv.toString(),
                "--delay", "500", "--history", "1000", "--key", "id", "--time", "at", "--detector", "ADWIN", "--seed", "7", "--threads", "1",
                "--out", "there", "--alone")).isEqualTo(new Command.Backtest(new BacktestOptions(
                HOME, new DemoOptions.Csv(csv, "price", "id", "at"), csv, csv, 500, 1_000, "ADWIN", 7, 1, Path.of("there"), false)));
    }

    @Test
    void namesEverythingThatIsWrongWithABacktest() {
        assertThatThrownBy(() -> parse("backtest", "--label", "price", "--delay", "-1", "--detector", "eddm", "--policy", "nowhere.json"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--csv: missing (expected: a labelled history)")
                .hasMessageContaining("--policy: nowhere.json (expected: a file that can be read)")
                .hasMessageContaining("--delay: -1 (expected: a number of rows from 0)")
                .hasMessageContaining("--detector: eddm (expected: one of ADWIN, CUSUM, DDM, HDDM_A, HDDM_W, PAGE_HINKLEY)");
    }

    private static Command parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), HOME);
    }

    @Test
    void replaysALog() {
        assertThat(parse("replay-log", "--log", ".", "--to=http://host:1", "--model", "m", "--rate", "5"))
                .isEqualTo(new Command.Replay(new ReplayOptions(Path.of("."), URI.create("http://host:1"), "m", 5, 1e-4)));
        assertThatThrownBy(() -> parse("replay-log", "--to=host", "--rate=0")).hasMessageContaining("--log: missing")
                .hasMessageContaining("--to: host (expected: a URL").hasMessageContaining("--rate: 0 (expected:");
    }

    @Test
    void makesAWarmUpFile() {
        assertThat(parse("warm-up-file", "--log", ".", "--model=m", "--out=file")).isEqualTo(new Command.WarmUp(
                new WarmUpOptions(Path.of("."), URI.create("http://127.0.0.1:8501"), "m", 100, Path.of("file"))));
        assertThatThrownBy(() -> parse("warm-up-file", "--records=1001")).hasMessageContaining("--log: missing")
                .hasMessageContaining("--model: missing").hasMessageContaining("--records: 1001 (expected: a number from 1 to 1000)");
    }
}
