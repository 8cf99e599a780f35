package dev.tideline.inference.standalone;

import java.util.List;
import java.util.Map;

/** The command line of {@code tideline serve}, understood. */
public sealed interface ServeCommand {

    /** @param arguments of the application: a configuration key each, {@code --key=value} */
    record Start(List<String> arguments, List<String> warnings) implements ServeCommand {}

    /** Say this and end well. */
    record Tell(String text) implements ServeCommand {}

    /** Not understood, for all these reasons. */
    record Usage(List<String> problems) implements ServeCommand {}

    static ServeCommand of(List<String> arguments, Map<String, String> environment) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new Tell(HelpText.text());
        }
        if (arguments.contains("--version")) {
            return new Tell(HelpText.version());
        }
        StandAloneSettings.Result result = StandAloneSettings.of(FlagParser.parse(arguments), environment);
        if (!result.problems().isEmpty()) {
            return new Usage(result.problems());
        }
        return new Start(result.keys().entrySet().stream().map(key -> "--" + key.getKey() + "=" + key.getValue()).toList(),
                result.warnings());
    }
}
