package dev.tideline.platform;

import dev.tideline.platform.command.Commands;
import dev.tideline.platform.console.Console;
import java.nio.file.Path;
import java.util.List;

/** Entry point of the {@code tideline} script. */
public final class Tideline {

    private Tideline() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        var home = Path.of(System.getProperty("tideline.home", "."));
        System.exit(Commands.run(List.of(arguments), home, Console.ofProcess()));
    }
}
