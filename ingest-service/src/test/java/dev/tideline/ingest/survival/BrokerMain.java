package dev.tideline.ingest.survival;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.tideline.local.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A broker in a process of its own. Arguments: data folder, port, port of the controller. */
final class BrokerMain {

    /** It is killed and started again: the new one waits until the old one counts as dead. */
    private static final Duration SESSION = Duration.ofSeconds(3);

    private BrokerMain() {}

    public static void main(String[] arguments) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT").setLevel(Level.ERROR);
        ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        LocalKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), SESSION);
    }
}
