package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.local.FreePorts;
import dev.tideline.platform.stack.ServiceProcess.Timing;
import dev.tideline.platform.support.RecordingConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

class ServiceProcessIT {

    private static final Timing FAST =
            new Timing(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(1));

    private final RecordingConsole console = new RecordingConsole();
    private final List<String> lines = console.lines();
    private @Nullable ServiceProcess service;

    @TempDir
    private Path folder;

    @AfterEach
    void leaveNothingBehind() {
        if (service != null) {
            service.kill();
        }
    }

    @Test
    void isReadyWhenItSaysSo() throws Exception {
        var service = service("ready", FAST);

        var process = service.launch();
        service.awaitReady();

        assertThat(process.isAlive()).isTrue();
        assertThat(folder.resolve("stand-in.pid")).hasContent(Long.toString(process.pid()));
    }

    @Test
    void stopsWhenAsked() throws Exception {
        var service = service("ready", FAST);
        var process = service.launch();
        service.awaitReady();
        service.supervise();

        service.stop();

        assertThat(process.isAlive()).isFalse();
        assertThat(lines).isEmpty();
    }

    @Test
    void reportsTheLastWordsOfOneThatDiesAtTheStart() {
        var service = service("dies", FAST);
        service.launch();

        assertThatThrownBy(service::awaitReady).isInstanceOf(LaunchException.class)
                .hasMessageContaining("stand-in ended with exit code 7 before it was ready")
                .hasMessageContaining("stand-in says dies");
    }

    @Test
    void givesUpOnOneThatIsNeverReady() {
        var service = service("deaf", new Timing(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO));
        service.launch();

        assertThatThrownBy(service::awaitReady).hasMessageContaining("stand-in was not ready after 2 s");
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        var service = service("ready", FAST);
        var process = service.launch();
        service.awaitReady();
        service.supervise();

        process.destroyForcibly();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("stand-in ended with exit code 137, starts again in 0.05 s"))
                .contains("stand-in is ready again"));
    }

    @Test
    void killsOneThatDoesNotStop() throws Exception {
        var service = service("stubborn", new Timing(Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ZERO, Duration.ZERO));
        var process = service.launch();
        service.awaitReady();

        service.stop();

        assertThat(process.isAlive()).isFalse();
        assertThat(lines).singleElement().asString().contains("did not stop within").endsWith("was killed");
    }

    @Test
    void doesNotHearTheTerminalsInterrupt() throws Exception {
        var service = service("ready", FAST);
        var process = service.launch();
        service.awaitReady();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        service.awaitReady();

        assertThat(process.isAlive()).isTrue();
    }

    private ServiceProcess service(String mode, Timing timing) {
        var spec = StandIn.spec(mode, FreePorts.find(1).getFirst(), folder);
        var started = new ServiceProcess(spec, console, timing);
        service = started;
        return started;
    }
}
