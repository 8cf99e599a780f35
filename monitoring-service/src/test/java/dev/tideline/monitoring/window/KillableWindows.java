package dev.tideline.monitoring.window;

import dev.tideline.testing.TestKafka;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** {@link WindowsAlone} in a process of its own that is there to be killed. */
final class KillableWindows {

    private KillableWindows() {}

    static Process start(TestKafka kafka, String application, Path state) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), KillableWindows.class.getName(),
                kafka.bootstrap(), application, state.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(new File(state.toFile(), "output.log"))).start();
    }

    public static void main(String[] arguments) {
        // The same member comes back: its partitions are not taken from it for as long as a lost one's would be.
        WindowsAlone.of(arguments[0], arguments[1], Path.of(arguments[2]), "one").start();
    }
}
