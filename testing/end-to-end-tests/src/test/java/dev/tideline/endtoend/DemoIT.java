package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemoIT {

    private static final Path REPORT = Path.of("target", "demo-report.json").toAbsolutePath();

    @Test
    void closesTheLoopAndLeavesNothingRunning() throws Exception {
        try (var demo = Launcher.start("demo", "demo", "--once", "--short", "--rate", "400", "--report", REPORT.toString())) {

            var exit = demo.exitValue(Duration.ofMinutes(5));

            assertThat(exit).as(demo.output()).isZero();
            var figures = JsonMapper.shared().readTree(Files.readString(REPORT));
            assertThat(figures.at("/closed").booleanValue()).isTrue();
            assertThat(figures.at("/requests/failed").longValue()).isZero();
            assertThat(figures.at("/requests/sent").longValue()).isPositive();
            assertThat(figures.at("/records/inTfRecords").longValue())
                    .isEqualTo(figures.at("/records/history").longValue() + figures.at("/records/outcomes").longValue());
            assertThat(figures.at("/accuracy/beforeDrift").doubleValue()).isGreaterThan(0.85);
            assertThat(figures.at("/accuracy/afterDrift").doubleValue()).isLessThan(0.75);
            assertThat(figures.at("/accuracy/afterSwap").doubleValue())
                    .isGreaterThan(figures.at("/accuracy/afterDrift").doubleValue() + 0.1);
            assertThat(demo.services()).isEmpty();
            assertThat(demo.takenPorts()).isEmpty();
        }
    }
}
